package io.mailroutes.camel.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Which certificate authorities are trusted: the JVM's, or those of a PEM file in their place. */
final class Authorities {
    private Authorities() {}

    /** @throws IllegalArgumentException in words, when the file cannot be read or holds no certificate */
    static SSLContext trusting(Optional<Path> caFile) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(caFile.isPresent() ? read(caFile.get()) : null);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            String file = caFile.map(Path::toString).orElse("the trust store of the JVM");
            throw new IllegalArgumentException("mail-webhook-sink: caFile: no authorities can be read from " + file, e);
        }
    }

    private static KeyStore read(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IOException("it holds no certificate in PEM form");
            }
            int number = 0;
            for (Certificate certificate : found) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
        }
        return store;
    }
}
