package io.mailroutes.imap;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.account.Account;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.ScriptedImapConnection;
import io.mailroutes.testing.ScriptedImapServer;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mail.MailAuthenticator;
import org.apache.camel.component.mail.MailConfiguration;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stock camel-mail has to be told so that its consumer uses a guarded store. */
@Timeout(30)
class StockCamelMailTest {
    private final CamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aSessionAndPropertiesOnTheConfigurationAreEnough() throws Exception {
        CountDownLatch second = new CountDownLatch(2);
        try (var server = ScriptedImapServer.plain(c -> emptyInbox(c, second))) {
            CountingAuthenticator authenticator = new CountingAuthenticator();
            Account account = Accounts.clear(server.port());
            MailEndpoint endpoint = guarded(account, authenticator);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(endpoint).routeId("stock").autoStartup(false).to("log:never");
                }
            });
            context.start();
            assertThat(authenticator.asked).hasValue(0);
            context.getRouteController().startRoute("stock");
            assertThat(second.await(20, TimeUnit.SECONDS))
                    .as(server.received().toString())
                    .isTrue();
            assertThat(authenticator.asked.get()).isGreaterThanOrEqualTo(2);
            context.stop();
            assertThat(server.received()).anyMatch(line -> line.contains("AUTHENTICATE OAUTHBEARER"));
        }
    }

    @Test
    void theStockConsumerGivesNothingToAServerWithoutOAuth() throws Exception {
        CountDownLatch connected = new CountDownLatch(2);
        try (var server = ScriptedImapServer.plain(c -> {
            c.greet("IMAP4rev1 AUTH=PLAIN AUTH=LOGIN");
            connected.countDown();
            c.untilClosed();
        })) {
            MailEndpoint endpoint = guarded(Accounts.clear(server.port()), new CountingAuthenticator());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(endpoint).to("log:never");
                }
            });
            context.start();
            assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
            context.stop();
            server.awaitEnd();
            assertThat(server.received()).isEmpty();
        }
    }

    private MailEndpoint guarded(Account account, CountingAuthenticator authenticator) {
        MailEndpoint endpoint = context.getEndpoint(
                "imap://127.0.0.1:" + account.imap().port() + "?initialDelay=0&delay=50&disconnect=true",
                MailEndpoint.class);
        MailConfiguration configuration = endpoint.getConfiguration();
        configuration.setAuthenticator(authenticator);
        Session session = GuardedStores.session(
                configuration.getAdditionalJavaMailProperties(), authenticator, account, new ListedTokens("token"));
        configuration.setSession(session);
        // Without properties of its own the configuration copies the system's and asks the authenticator at start.
        configuration.setJavaMailProperties(new Properties());
        return endpoint;
    }

    private static void emptyInbox(ScriptedImapConnection c, CountDownLatch polled) throws IOException {
        c.greet("IMAP4rev1 SASL-IR AUTH=OAUTHBEARER");
        c.expect("AUTHENTICATE OAUTHBEARER .+").ok("[CAPABILITY IMAP4rev1] in");
        c.expect("LIST \"\" INBOX").send("* LIST () \"/\" INBOX").ok("done");
        c.select(1, 1, 0);
        polled.countDown();
        c.untilClosed();
    }

    private static final class CountingAuthenticator extends MailAuthenticator {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public PasswordAuthentication getPasswordAuthentication() {
            asked.incrementAndGet();
            return new PasswordAuthentication("joe@example.com", "token");
        }
    }
}
