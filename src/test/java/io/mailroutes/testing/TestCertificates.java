package io.mailroutes.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;

/** A certificate authority for tests: server certificates that are good, expired or for another name. */
public final class TestCertificates {
    private static final char[] PASSWORD = "test".toCharArray();

    private final KeyPair authorityKey;
    private final X509Certificate authority;

    private TestCertificates(KeyPair authorityKey, X509Certificate authority) {
        this.authorityKey = authorityKey;
        this.authority = authority;
    }

    /** A new authority, which nobody trusts until its {@link #caFile} is named. */
    public static TestCertificates create() {
        try {
            KeyPair key = newKey();
            X500Principal name = new X500Principal("CN=Mailroutes test authority");
            X509Certificate own = new DerCertificate(name, name, key.getPublic())
                    .valid(
                            Instant.now().minus(2000, ChronoUnit.DAYS),
                            Instant.now().plus(2000, ChronoUnit.DAYS))
                    .authority()
                    .signedBy(key.getPrivate());
            return new TestCertificates(key, own);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a test authority", e);
        }
    }

    /** Writes the authority's own certificate as PEM, for {@code ca-file}. */
    public Path caFile(Path directory) throws IOException, GeneralSecurityException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(authority.getEncoded());
        return Files.writeString(
                directory.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
    }

    /** A server's context whose certificate is good for {@code localhost} and 127.0.0.1. */
    public SSLContext forLocalhost() {
        return server(List.of("localhost"), Instant.now().plus(1, ChronoUnit.DAYS));
    }

    /** A server's context whose certificate for {@code localhost} ended a day ago. */
    public SSLContext expired() {
        return server(List.of("localhost"), Instant.now().minus(1, ChronoUnit.DAYS));
    }

    /** A server's context whose certificate is for these names only. */
    public SSLContext forNames(String... names) {
        return server(List.of(names), Instant.now().plus(1, ChronoUnit.DAYS));
    }

    private SSLContext server(List<String> names, Instant end) {
        try {
            KeyPair key = newKey();
            DerCertificate certificate = new DerCertificate(
                            authority.getSubjectX500Principal(),
                            new X500Principal("CN=" + names.get(0)),
                            key.getPublic())
                    .valid(Instant.now().minus(1000, ChronoUnit.DAYS), end)
                    .names(names);
            if (names.contains("localhost")) {
                certificate.address(InetAddress.getByName("127.0.0.1").getAddress());
            }
            return context(key, certificate.signedBy(authorityKey.getPrivate()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot make a test certificate", e);
        }
    }

    private SSLContext context(KeyPair key, X509Certificate certificate) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", key.getPrivate(), PASSWORD, new X509Certificate[] {certificate, authority});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    static BigInteger serial() {
        return new BigInteger(63, new SecureRandom()).add(BigInteger.ONE);
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
