package io.mailroutes.account;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** The file that {@code certificate-file} names: the first certificate in it counts, the rest is its chain. */
final class CertificateFile {
    private static final String KEY = "certificate-file";

    private CertificateFile() {}

    static X509Certificate read(Path file) throws KeyFileException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException e) {
            throw new KeyFileException(KEY, "cannot be read: " + e.getClass().getSimpleName());
        } catch (CertificateException e) {
            throw new KeyFileException(KEY, "holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
        }
    }
}
