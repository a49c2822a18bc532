package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.testing.ScriptedImapServer;
import io.mailroutes.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the account's token behind stock {@code imap:}, when servers do not do as they should. */
class StockTokenTest {
    @TempDir
    private Path directory;

    private StockHost host;
    private final Failures failures = new Failures();

    /** What camel-mail would write into the log at every poll. */
    private static final class Failures extends DefaultPollingConsumerPollStrategy {
        private final List<String> words = new CopyOnWriteArrayList<>();

        @Override
        public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
            words.add(cause.getClass().getSimpleName() + ": " + cause.getMessage());
            return false;
        }

        String last() {
            Await.until("a poll fails", () -> !words.isEmpty());
            return words.get(words.size() - 1);
        }
    }

    @BeforeEach
    void start() {
        host = new StockHost(directory.resolve("data"));
        host.context.getRegistry().bind("failures", failures);
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
    }

    private void poll(String scheme, int port) throws Exception {
        host.account("port", Integer.toString(port));
        host.install();
        host.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(StockHost.uri(scheme, "127.0.0.1", port, "pollStrategy=#failures"))
                        .to("mock:received");
            }
        });
        host.context.start();
    }

    private List<String> sentTokens(ScriptedImapServer server) {
        List<String> found = new ArrayList<>();
        for (String token : host.authorization.tokensIssued()) {
            String response = "user=" + StockHost.USER + "\1auth=Bearer " + token + "\1\1";
            String base64 = Base64.getEncoder().encodeToString(response.getBytes(UTF_8));
            server.received().stream()
                    .filter(line -> line.contains(token) || line.contains(base64))
                    .forEach(found::add);
        }
        return found;
    }

    @Test
    void hostAndPortFromTheProvidersRowArePlaceholders() throws Exception {
        host.account("provider", "microsoft")
                .account("tenant", "contoso.onmicrosoft.com")
                .install();
        assertThat(host.context.resolvePropertyPlaceholders(
                        "{{mailroutes.accounts.support.smtp-host}}:{{mailroutes.accounts.support.smtp-port}}"))
                .isEqualTo("smtp.office365.com:587");
    }

    @Test
    void aTokenEndpointThatIsDownAtTheStartDelaysNothingAndMailComesLater() throws Exception {
        for (int i = 0; i < 3; i++) {
            host.authorization.nextToken(FakeAnswer.json(503, "{}"));
        }
        host.append("From: jane@example.org\nSubject: patience\n\nhello\n");
        MockEndpoint received = host.context.getEndpoint("mock:received", MockEndpoint.class);
        received.expectedMinimumMessageCount(1);
        poll("imap", host.mail.imapPort());

        assertThat(host.context.isStarted()).isTrue();
        assertThat(failures.last()).startsWith("MessagingException: Account support");
        Await.until("delivered", () -> {
            host.clock.advance(java.time.Duration.ofSeconds(30));
            return received.getReceivedCounter() > 0;
        });
    }

    @Test
    void aTokenThatIsRefusedIsReplacedOnceAndTheSecondIsUsed() throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.plain(
                first -> {
                    first.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2");
                    first.expect("AUTHENTICATE XOAUTH2 .+").no("[AUTHENTICATIONFAILED] expired, it seems");
                    first.untilClosed();
                },
                second -> {
                    second.login("IMAP4rev1");
                    second.untilClosed();
                })) {
            poll("imap", server.port());
            Await.until("second login", () -> host.authorization.tokensIssued().size() == 2);
            Await.until("logged in", () -> sentTokens(server).size() == 2);

            assertThat(sentTokens(server)).doesNotHaveDuplicates();
            assertThat(server.received()).noneMatch(line -> line.contains("LOGIN "));
        }
    }

    @Test
    void aSecondNewTokenThatIsRefusedEndsAllLoginsUntilSomebodyActs() throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.plain(each -> {
            each.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2");
            each.expect("AUTHENTICATE XOAUTH2 .+").no("[AUTHENTICATIONFAILED] no");
            each.untilClosed();
        })) {
            poll("imap", server.port());
            Await.until("five polls failed", () -> failures.words.size() >= 5);

            assertThat(server.connections()).isEqualTo(2);
            assertThat(host.authorization.tokenRequests()).isEqualTo(2);
            assertThat(failures.last())
                    .startsWith("AuthenticationFailedException")
                    .contains("account support", "refused", "Check that the token's scope");
        }
    }

    @Test
    void aGrantThatIsDeadIsSaidInWordsAndTheMailServerIsLeftAlone() throws Exception {
        host.account("client-secret", "canary-wrong");
        try (ScriptedImapServer server = ScriptedImapServer.plain(each -> each.untilClosed())) {
            poll("imap", server.port());
            Await.until("three polls failed", () -> failures.words.size() >= 3);

            assertThat(failures.last())
                    .startsWith("AuthenticationFailedException: Account support")
                    .contains("invalid_client")
                    .doesNotContain("canary");
            assertThat(server.connections()).isZero();
            assertThat(host.authorization.tokenRequests()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatOffersNoOAuthNeverSeesLogin() throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.plain(each -> {
            each.greet("IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=LOGIN");
            each.untilClosed();
        })) {
            poll("imap", server.port());

            assertThat(failures.last()).contains("account support", "AUTH=PLAIN", "nothing secret was sent");
            assertThat(server.received()).allMatch(line -> line.endsWith("LOGOUT") || line.startsWith("("));
        }
    }

    @Test
    void aStrippedStartTlsSeesNoToken() throws Exception {
        host.account("security", "starttls");
        try (ScriptedImapServer server = ScriptedImapServer.plain(each -> {
            each.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2");
            each.untilClosed();
        })) {
            poll("imap", server.port());

            assertThat(failures.last()).contains("STARTTLS");
            assertThat(server.received()).noneMatch(line -> line.contains("AUTHENTICATE") || line.contains("LOGIN "));
        }
    }

    @Test
    void aCertificateThatNobodyTrustsSeesNoTokenAlsoWhenTheJvmTrustsAll() throws Exception {
        host.account("security", "tls");
        System.setProperty("mail.imaps.ssl.trust", "*");
        try (ScriptedImapServer server =
                ScriptedImapServer.tls(TestCertificates.create().forLocalhost(), each -> each.untilClosed())) {
            poll("imaps", server.port());

            assertThat(failures.last()).contains("account support").contains("ca-file");
            assertThat(server.received()).noneMatch(line -> line.contains("AUTHENTICATE"));
        } finally {
            System.clearProperty("mail.imaps.ssl.trust");
        }
    }

    @Test
    void anAuthorityOfTheAccountIsTrustedByStockImaps() throws Exception {
        TestCertificates certificates = TestCertificates.create();
        host.account("security", "tls")
                .account("ca-file", certificates.caFile(directory).toString());
        try (ScriptedImapServer server = ScriptedImapServer.tls(certificates.forLocalhost(), each -> {
            each.login("IMAP4rev1");
            each.untilClosed();
        })) {
            poll("imaps", server.port());
            Await.until("logged in", () -> sentTokens(server).size() == 1);
        }
    }

    @Test
    void aPasswordAccountLogsInByPlain() throws Exception {
        Map.of("grant", "password", "password", "canary-password").forEach(host::account);
        List.of("client-id", "client-secret", "token-endpoint").forEach(host::without);
        String plain =
                Base64.getEncoder().encodeToString(("\0" + StockHost.USER + "\0canary-password").getBytes(UTF_8));
        try (ScriptedImapServer server = ScriptedImapServer.plain(each -> {
            each.greet("IMAP4rev1 SASL-IR AUTH=PLAIN");
            each.expect("AUTHENTICATE PLAIN " + plain).ok("[CAPABILITY IMAP4rev1] in");
            each.untilClosed();
        })) {
            poll("imap", server.port());
            Await.until("logged in", () -> server.received().stream().anyMatch(line -> line.contains(" LIST ")));
        }
    }

    @Test
    void aWrongPasswordIsTriedOnce() throws Exception {
        Map.of("grant", "password", "password", "canary-password").forEach(host::account);
        List.of("client-id", "client-secret", "token-endpoint").forEach(host::without);
        try (ScriptedImapServer server = ScriptedImapServer.plain(each -> {
            each.greet("IMAP4rev1 SASL-IR AUTH=PLAIN");
            each.expect("AUTHENTICATE PLAIN .+").no("[AUTHENTICATIONFAILED] wrong");
            each.untilClosed();
        })) {
            poll("imap", server.port());
            Await.until("three polls failed", () -> failures.words.size() >= 3);

            assertThat(server.connections()).isEqualTo(1);
            assertThat(failures.last()).contains("password").doesNotContain("canary");
        }
    }
}
