package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.ScriptedImapConnection;
import io.mailroutes.testing.ScriptedImapServer;
import java.io.EOFException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many accounts that begin together, on a host that answers and on one that hangs. */
class FairStartTest {
    private static final int HANGING = 30;
    private static final int ANSWERING = 60;

    @TempDir
    private Path data;

    private final AtomicInteger connecting = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Test
    void aHostIsAskedByFewAtATimeAndOneThatHangsKeepsOnlyItsOwnAccountsWaiting() throws Exception {
        try (ScriptedImapServer hanging = ScriptedImapServer.plain(ScriptedImapConnection::untilClosed);
                ScriptedImapServer answering = ScriptedImapServer.plain(this::serve);
                DefaultCamelContext context = context(hanging.port(), answering.port())) {
            context.start();
            Await.until("all that can are live", Duration.ofSeconds(30), () -> live(context) == ANSWERING);
            assertThat(most.get()).isBetween(2, ConnectGate.Limits.STANDARD.eachHost());
            assertThat(hanging.connections()).isBetween(1, ConnectGate.Limits.STANDARD.eachHost());
            long begin = System.nanoTime();
            context.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
        }
    }

    private static long live(DefaultCamelContext context) {
        return Installation.of(context).watched().stream()
                .filter(folder -> folder.status().snapshot().state() == MailboxState.LIVE)
                .count();
    }

    private void serve(ScriptedImapConnection client) throws Exception {
        most.accumulateAndGet(connecting.incrementAndGet(), Math::max);
        try {
            client.greet("IMAP4rev1 SASL-IR AUTH=PLAIN").expect("AUTHENTICATE PLAIN .+");
            connecting.decrementAndGet();
            client.ok("[CAPABILITY IMAP4rev1 UIDPLUS MOVE] welcome").select(1, 1, 0);
            while (true) {
                client.expect("(UID SEARCH|NOOP|LOGOUT).*");
                if (client.line().startsWith("UID")) {
                    client.send("* SEARCH");
                }
                client.ok("done");
            }
        } catch (EOFException closed) {
            return; // the test is over
        }
    }

    private DefaultCamelContext context(int hanging, int answering) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mailroutes.data-directory", data.toString());
        for (int number = 0; number < HANGING + ANSWERING; number++) {
            boolean hangs = number < HANGING;
            String key = "mailroutes.accounts.box" + number + ".";
            properties.setProperty(key + "user", "user" + number + "@example.com");
            properties.setProperty(key + "grant", "password");
            properties.setProperty(key + "password", "secret");
            properties.setProperty(key + "host", hangs ? "127.0.0.1" : "localhost");
            properties.setProperty(key + "port", Integer.toString(hangs ? hanging : answering));
            properties.setProperty(key + "security", "none");
        }
        DefaultCamelContext context = new DefaultCamelContext();
        context.getPropertiesComponent().setInitialProperties(properties);
        Installer.install(
                context, new Installation.Terms(RunMode.CONTINUOUS, false, Clock.systemUTC(), MailboxHost.SHORTEST));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (int number = 0; number < HANGING + ANSWERING; number++) {
                    from("mailbox:box" + number).to("log:unused");
                }
            }
        });
        return context;
    }
}
