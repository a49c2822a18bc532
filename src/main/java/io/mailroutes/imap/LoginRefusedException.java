package io.mailroutes.imap;

import io.mailroutes.sasl.SaslVerdict;
import org.eclipse.angus.mail.iap.ProtocolException;

/**
 * The server did not take the credential. Not a {@code CommandFailedException}, which Angus strips of everything but
 * the server's raw line.
 */
final class LoginRefusedException extends ProtocolException {
    private static final long serialVersionUID = 1L;
    private final transient SaslVerdict verdict;

    LoginRefusedException(SaslVerdict verdict) {
        super(verdict.words());
        this.verdict = verdict;
    }

    SaslVerdict verdict() {
        return verdict;
    }
}
