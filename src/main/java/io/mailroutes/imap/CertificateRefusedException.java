package io.mailroutes.imap;

import java.security.cert.CertificateException;

/** A server's certificate is not good enough; the message says why and what to do, in words. */
public final class CertificateRefusedException extends CertificateException {
    private static final long serialVersionUID = 1L;

    CertificateRefusedException(String words, CertificateException cause) {
        super(words, cause);
    }
}
