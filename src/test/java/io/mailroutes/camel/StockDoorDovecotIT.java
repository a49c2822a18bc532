package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.message.Mail;
import io.mailroutes.testing.Await;
import io.mailroutes.testing.DovecotServer;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.Mails;
import io.mailroutes.testing.NeedsDovecot;
import io.mailroutes.testing.StoredMail;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stock {@code imap:} and {@code imaps:} behind an account, on a real Dovecot that asks whether a token is good. */
@NeedsDovecot
class StockDoorDovecotIT {
    private static final String USER = "joe@example.com";
    private static final int COUNT = 20;

    @TempDir
    private Path directory;

    private FakeAuthorizationServer authorization;
    private DovecotServer dovecot;
    private DefaultCamelContext context;

    @BeforeEach
    void start() {
        authorization = new FakeAuthorizationServer(Clock.systemUTC()).client("the-client", "canary-secret", USER);
        dovecot = DovecotServer.start(authorization.introspectionEndpoint());
        dovecot.deliverMany(USER, "INBOX", Mails.quick(7).stream(COUNT));
        context = new DefaultCamelContext();
    }

    @AfterEach
    void stop() throws IOException {
        context.close();
        dovecot.close();
        authorization.close();
    }

    private MockEndpoint route(String scheme, String host, int port, Map<String, String> account, String... options)
            throws Exception {
        Map<String, String> properties = new LinkedHashMap<>(Map.of(
                "user",
                USER,
                "grant",
                "client-credentials",
                "client-id",
                "the-client",
                "client-secret",
                "canary-secret",
                "token-endpoint",
                authorization.tokenEndpoint().toString(),
                "host",
                host,
                "port",
                Integer.toString(port)));
        properties.putAll(account);
        properties.forEach((key, value) ->
                context.getPropertiesComponent().addInitialProperty("mailroutes.accounts.support." + key, value));
        context.getPropertiesComponent()
                .addInitialProperty(
                        "mailroutes.data-directory", directory.resolve("data").toString());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(StockHost.uri(scheme, host, port, options)).to("mock:received");
            }
        });
        MockEndpoint received = context.getEndpoint("mock:received", MockEndpoint.class);
        received.expectedMessageCount(COUNT);
        return received;
    }

    private static void assertSameBytes(MockEndpoint received, Map<Long, StoredMail> stored) throws IOException {
        assertThat(stored).hasSize(COUNT);
        for (Exchange exchange : received.getExchanges()) {
            Mail mail = exchange.getIn().getBody(Mail.class);
            try (InputStream in = mail.raw().open()) {
                assertThat(in.readAllBytes())
                        .isEqualTo(stored.get(mail.key().uid()).raw());
            }
        }
    }

    @Test
    void everyMailArrivesOverTlsToTheByteAndIsSeenThen() throws Exception {
        Map<Long, StoredMail> stored = dovecot.fetchAll(USER, "INBOX");
        MockEndpoint received = route(
                "imaps",
                "localhost",
                dovecot.imapsPort(),
                Map.of("ca-file", dovecot.certificate().toString()),
                "maxMessagesPerPoll=7");
        context.start();
        received.assertIsSatisfied();

        assertSameBytes(received, stored);
        Await.until("all seen", () -> dovecot.fetchAll(USER, "INBOX").values().stream()
                .allMatch(mail -> mail.flags().contains("\\Seen")));
    }

    @Test
    void aServerThatPrefersOauthbearerGetsThat() throws Exception {
        MockEndpoint received = route(
                "imap",
                "127.0.0.1",
                dovecot.port(),
                Map.of("security", "none", "mechanism", "oauthbearer"),
                "maxMessagesPerPoll=7");
        context.start();

        received.assertIsSatisfied();
    }

    @Test
    void tokensThatLiveForASecondAreReplacedWhileMailsAreMoved() throws Exception {
        authorization.tokenLife(Duration.ofSeconds(1));
        MockEndpoint received = route(
                "imap",
                "127.0.0.1",
                dovecot.port(),
                Map.of("security", "none"),
                "moveTo=Archive",
                "delete=true",
                "disconnect=true",
                // Twenty polls, 100 ms apart, outlive a token for sure.
                "maxMessagesPerPoll=1");
        context.start();
        received.assertIsSatisfied();

        Await.until("moved", () -> dovecot.fetchAll(USER, "Archive").size() == COUNT);
        assertThat(dovecot.fetchAll(USER, "INBOX")).isEmpty();
        assertThat(received.getReceivedCounter()).isEqualTo(COUNT);
        assertThat(authorization.tokensIssued().size()).isGreaterThan(1);
    }
}
