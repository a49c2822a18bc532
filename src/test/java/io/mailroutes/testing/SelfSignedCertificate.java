package io.mailroutes.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A certificate for {@code localhost} and 127.0.0.1 with its key, as PEM files; made by the JDK's keytool, since the JDK
 * has no public way to sign a certificate.
 */
public record SelfSignedCertificate(Path certificate, Path key) {
    private static final String PASSWORD = "not-a-secret";

    /** Writes {@code server.p12}, {@code certificate.pem} and {@code key.pem} into the directory. */
    public static SelfSignedCertificate write(Path directory) throws IOException {
        Path store = directory.resolve("server.p12");
        keytool(store);
        Path certificate = directory.resolve("certificate.pem");
        Path key = directory.resolve("key.pem");
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore entries = KeyStore.getInstance("PKCS12");
            entries.load(in, PASSWORD.toCharArray());
            pem(certificate, "CERTIFICATE", entries.getCertificate("server").getEncoded());
            pem(
                    key,
                    "PRIVATE KEY",
                    entries.getKey("server", PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException("keytool wrote what the JDK cannot read", e);
        }
        return new SelfSignedCertificate(certificate, key);
    }

    private static void keytool(Path store) throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-ext",
                "bc=ca:true",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String words = new String(process.getInputStream().readAllBytes(), US_ASCII);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + words);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", e);
        }
    }

    private static void pem(Path file, String type, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
    }
}
