package io.mailroutes.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.SettableClock;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server whose self-signed certificate, made by the JDK's keytool, names 127.0.0.1 only. */
class CaFileTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path directory;

    private static HttpsServer server;
    private static Path caFile;

    @BeforeAll
    static void start() throws Exception {
        KeyStore keys = newKeys();
        caFile = Files.writeString(
                directory.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getCertificate("server").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/token", exchange -> {
            byte[] body = "{\"token_type\":\"Bearer\",\"access_token\":\"a\"}".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private static KeyStore newKeys() throws Exception {
        Path file = directory.resolve("server.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static TokenResponse ask(Accounts account) {
        return new TokenEndpoint(
                        "support",
                        account.oauth(),
                        new OAuthHttp(account.caFile(), HttpLimits.DEFAULT),
                        new SettableClock())
                .exchange(new Grant.ClientCredentials());
    }

    private static Accounts at(String host) {
        return Accounts.at(
                URI.create("https://" + host + ":" + server.getAddress().getPort() + "/token"));
    }

    @Test
    void aPrivateAuthorityInTheCaFileIsTrusted() {
        assertThat(ask(at("127.0.0.1").caFile(caFile))).isNotNull();
    }

    @Test
    void aPrivateAuthorityThatIsNotInTheCaFileIsNot() {
        assertThatThrownBy(() -> ask(at("127.0.0.1")))
                .isInstanceOf(TransientOAuthException.class)
                .hasMessageContaining("not signed by a trusted authority")
                .hasMessageContaining("mailroutes.accounts.support.ca-file");
    }

    @Test
    void aCertificateForAnotherNameIsRefusedAlthoughItsAuthorityIsTrusted() {
        assertThatThrownBy(() -> ask(at("localhost").caFile(caFile)))
                .isInstanceOf(TransientOAuthException.class)
                .hasMessageContaining("another host name");
    }

    @Test
    void aFileWithoutCertificatesIsAConfigurationError() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        Path other = Files.writeString(directory.resolve("other.pem"), "CANARY");

        assertThatThrownBy(() -> ask(at("127.0.0.1").caFile(empty)))
                .isInstanceOf(PermanentOAuthException.class)
                .hasMessageContaining("holds no certificate");
        assertThatThrownBy(() -> ask(at("127.0.0.1").caFile(other)))
                .isInstanceOf(PermanentOAuthException.class)
                .hasMessageContaining("other.pem cannot be used");
    }
}
