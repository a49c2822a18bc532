package io.mailroutes.oauth;

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

/** Turns a {@code ca-file} into a TLS context that trusts exactly the authorities in it. */
final class TrustedAuthorities {
    private TrustedAuthorities() {}

    /**
     * @param caFile PEM certificates; empty means the authorities of the JVM
     * @throws GeneralSecurityException when the file holds no readable certificate
     */
    static SSLContext context(Optional<Path> caFile) throws IOException, GeneralSecurityException {
        return caFile.isPresent() ? only(caFile.get()) : SSLContext.getDefault();
    }

    private static SSLContext only(Path caFile) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        for (Certificate certificate : read(caFile)) {
            trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
        }
        if (trusted.size() == 0) {
            throw new GeneralSecurityException("it holds no certificate");
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static Collection<? extends Certificate> read(Path caFile) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(caFile)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }
}
