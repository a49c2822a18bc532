package io.mailroutes.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@NeedsDovecot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DovecotServerIT {
    private static final String JOE = "joe@example.com";

    private HttpServer introspection;
    private DovecotServer dovecot;

    @BeforeAll
    void start() throws IOException {
        introspection = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        introspection.createContext("/introspect", DovecotServerIT::introspect);
        introspection.start();
        dovecot = DovecotServer.start(
                URI.create("http://127.0.0.1:" + introspection.getAddress().getPort() + "/introspect"));
    }

    @AfterAll
    void stop() {
        dovecot.close();
        introspection.stop(0);
    }

    private static void introspect(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String answer =
                form.startsWith("token=live") ? "{\"active\":true,\"username\":\"" + JOE + "\"}" : "{\"active\":false}";
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length());
        exchange.getResponseBody().write(answer.getBytes(UTF_8));
        exchange.close();
    }

    private static String xoauth2(String user, String token) {
        return "user=" + user + "\1auth=Bearer " + token + "\1\1";
    }

    private static String oauthbearer(String user, String token) {
        return "n,a=" + user + ",\1auth=Bearer " + token + "\1\1";
    }

    @Test
    void aLiveTokenLogsInByXoauth2() throws IOException {
        try (RawImap imap = new RawImap(dovecot.port())) {
            assertThat(imap.greeting()).contains("AUTH=XOAUTH2", "AUTH=OAUTHBEARER");
            assertThat(imap.authenticate("XOAUTH2", xoauth2(JOE, "live"))).startsWith("t1 OK");
        }
    }

    @Test
    void aLiveTokenLogsInByOauthbearer() throws IOException {
        try (RawImap imap = new RawImap(dovecot.port())) {
            assertThat(imap.authenticate("OAUTHBEARER", oauthbearer(JOE, "live")))
                    .startsWith("t1 OK");
        }
    }

    @Test
    void anExpiredTokenIsRefusedWithTheChallengeOfXoauth2() throws IOException {
        assertRefused("XOAUTH2", xoauth2(JOE, "expired"), "\"status\":\"401\"");
    }

    @Test
    void anExpiredTokenIsRefusedWithTheChallengeOfOauthbearer() throws IOException {
        assertRefused("OAUTHBEARER", oauthbearer(JOE, "expired"), "\"status\":\"invalid_token\"");
    }

    private void assertRefused(String mechanism, String response, String challenge) throws IOException {
        try (RawImap imap = new RawImap(dovecot.port())) {
            String answer = imap.authenticate(mechanism, response);
            assertThat(answer).startsWith("+ ");
            assertThat(new String(Base64.getDecoder().decode(answer.substring(2)), UTF_8))
                    .contains(challenge);
            imap.send("");
            assertThat(imap.line()).startsWith("t1 NO");
        }
    }

    @Test
    void aTokenOfSomebodyElseIsRefused() throws IOException {
        try (RawImap imap = new RawImap(dovecot.port())) {
            assertThat(imap.authenticate("XOAUTH2", xoauth2("eve@example.com", "live")))
                    .doesNotContain("OK");
        }
    }

    @Test
    void aTokenIsNoPassword() throws IOException {
        try (RawImap imap = new RawImap(dovecot.port())) {
            assertThatThrownBy(() -> imap.login(JOE, "live")).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void theMailComesBackToTheByte() {
        Mails mails = Mails.quick(1);
        dovecot.deliverMany("bytes@example.com", "INBOX", mails.stream(100));

        List<StoredMail> stored =
                List.copyOf(dovecot.fetchAll("bytes@example.com", "INBOX").values());

        assertThat(stored).hasSize(100);
        IntStream.range(0, 100)
                .filter(i -> i % 20 != 5) // bare LF: Dovecot answers with CRLF
                .forEach(i -> assertThat(stored.get(i).sha256())
                        .as("mail %d", i)
                        .isEqualTo(StoredMail.sha256(mails.mail(i))));
        assertThat(stored).allMatch(mail -> mail.flags().isEmpty());
    }

    @Test
    void flagsAndFoldersAreKept() {
        dovecot.append(
                "flags@example.com",
                "Sub/Folder",
                "\\Seen $Label",
                Mails.quick(2).mail(0));

        Map<Long, StoredMail> stored = dovecot.fetchAll("flags@example.com", "Sub/Folder");

        assertThat(stored).containsOnlyKeys(1L);
        assertThat(stored.get(1L).flags()).containsExactlyInAnyOrder("\\Seen", "$Label");
    }

    @Test
    void theCertificateIsForLocalhostAndNotKnownToTheJdk() throws Exception {
        SSLContext context = trusting(dovecot);
        try (RawImap imap = new RawImap(tls(context, "localhost"))) {
            assertThat(imap.greeting()).startsWith("* OK");
        }
        try (SSLSocket stranger = tls(SSLContext.getDefault(), "localhost")) {
            assertThatThrownBy(stranger::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
    }

    private SSLSocket tls(SSLContext context, String host) throws IOException {
        return (SSLSocket) context.getSocketFactory().createSocket(host, dovecot.imapsPort());
    }

    private static SSLContext trusting(DovecotServer server) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(server.certificate())) {
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void theProxyKeepsTheLinesAndCutsTheConnection() throws IOException {
        try (RecordingProxy proxy = new RecordingProxy(dovecot.port());
                RawImap imap = new RawImap(proxy.port()).login("proxy@example.com", dovecot.password())) {
            imap.command("SELECT INBOX");
            imap.command("UID FETCH 1:* (UID)");

            assertThat(proxy.count("^\\S+ UID FETCH")).isEqualTo(1);
            assertThat(proxy.count("^\\S+ UID STORE")).isZero();
            assertThat(proxy.connections()).isEqualTo(1);

            proxy.cutAll();
            assertThatThrownBy(() -> imap.command("NOOP")).isInstanceOf(IOException.class);
        }
    }

    /** Dovecot says BYE when it finds the time. */
    private static void readToTheEnd(RawImap imap) throws IOException {
        for (String line = imap.line(); ; line = imap.line()) {
            assertThat(line).startsWith("* BYE");
        }
    }

    @Test
    void theServerComesBackWithItsMail() throws IOException {
        try (DovecotServer second = DovecotServer.start(URI.create("http://127.0.0.1:1/none"))) {
            second.append(JOE, "INBOX", Mails.quick(3).mail(0));
            RawImap before = second.connect(JOE);
            second.stop();
            assertThatThrownBy(() -> readToTheEnd(before)).isInstanceOf(IOException.class);
            second.start();
            assertThat(second.fetchAll(JOE, "INBOX")).hasSize(1);
            before.close();
        }
    }
}
