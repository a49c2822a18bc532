package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.ScriptedImapServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.io.TempDir;

/** What tests of pushed mail share: the poll is an hour away. */
abstract class PushRoutes {
    static final String IDLES = "IMAP4rev1 UIDPLUS IDLE";
    static final String HOURLY = "mailbox:box?delay=3600000";

    /** Proofs of life come so fast that a test need not wait for them. */
    static final Rhythm FAST = new Rhythm(
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ZERO,
            Duration.ofDays(1),
            Duration.ofDays(1),
            Duration.ofDays(1));

    @TempDir
    Path data;

    final List<String> arrived = new CopyOnWriteArrayList<>();

    final MailboxHost started(ScriptedImapServer server, Rhythm rhythm) throws Exception {
        return started(server, rhythm, HOURLY);
    }

    final MailboxHost started(ScriptedImapServer server, Rhythm rhythm, String uri) throws Exception {
        Installation.Terms terms =
                new Installation.Terms(RunMode.CONTINUOUS, false, Clock.systemUTC(), MailboxHost.SHORTEST).in(rhythm);
        return new MailboxHost(server.port(), data, terms)
                .start(builder -> builder.from(uri).process(exchange -> arrived.add(MailboxRoutes.subject(exchange))));
    }

    final void awaitMails(MailboxHost host, String... subjects) {
        try {
            Await.until("the mails arrive", () -> arrived.size() >= subjects.length);
        } finally {
            assertThat(arrived).as(host.status().toString()).containsExactlyInAnyOrder(subjects);
        }
    }

    static final void awaitCommand(ScriptedImapServer server, String command) {
        Await.until(command, () -> count(server, command) >= 1);
    }

    static final long count(ScriptedImapServer server, String command) {
        return server.received().stream()
                .filter(line -> line.matches("\\S+ " + command + ".*"))
                .count();
    }
}
