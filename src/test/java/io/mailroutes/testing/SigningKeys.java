package io.mailroutes.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import javax.security.auth.x500.X500Principal;

/** An RSA key with its certificate, and the files that people keep such keys in; all have mode 0600. */
public record SigningKeys(KeyPair pair, X509Certificate certificate) {
    public static final String SEALED_PASSWORD = "canary-password";

    /** The certificate is good from 30 days before that time to 30 days after it. */
    public static SigningKeys at(Instant time) {
        try {
            KeyPair pair = generated("RSA", 2048);
            KeyPair authority = generated("EC", 256);
            X500Principal name = new X500Principal("CN=Mailroutes test client");
            X509Certificate certificate = new DerCertificate(name, name, pair.getPublic())
                    .valid(time.minus(30, ChronoUnit.DAYS), time.plus(30, ChronoUnit.DAYS))
                    .authority()
                    .signedBy(authority.getPrivate());
            return new SigningKeys(pair, certificate);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a test key", e);
        }
    }

    private static KeyPair generated(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    public RSAPublicKey publicKey() {
        return (RSAPublicKey) pair.getPublic();
    }

    /** PKCS#8 in PEM form. */
    public String pem() {
        return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    public Path keyFile(Path file) throws IOException {
        return closed(file, pem());
    }

    public Path certificateFile(Path file) throws IOException {
        try {
            return closed(file, pem("CERTIFICATE", certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key of its own, encrypted by {@code openssl pkcs8 -topk8} with {@link #SEALED_PASSWORD}. */
    public static Path encryptedKeyFile(Path file) throws IOException {
        try (InputStream in = Objects.requireNonNull(SigningKeys.class.getResourceAsStream("sealed-key.pem"))) {
            return closed(file, new String(in.readAllBytes(), US_ASCII));
        }
    }

    public Path pkcs12File(Path file, String password) throws IOException {
        closed(file, "");
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", pair.getPrivate(), password.toCharArray(), new X509Certificate[] {certificate});
            store.store(out, password.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }

    /** What Google Cloud gives for a service account. */
    public Path serviceAccountFile(Path file, String address) throws IOException {
        return closed(
                file,
                Wire.json(Map.of(
                        "type", "service_account",
                        "client_email", address,
                        "private_key_id", "key-1",
                        "private_key", pem(),
                        "token_uri", "https://elsewhere.example/token")));
    }

    /** Writes a file that only its owner can read. */
    public static Path closed(Path file, String content) throws IOException {
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String pem(String type, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }
}
