package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.ScriptedImapServer;
import io.mailroutes.testing.SettableClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What hangs is seen from outside, and left alone. */
@Timeout(60)
class LookoutTest {
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    Path data;

    private final SettableClock clock = new SettableClock(Clock.systemUTC().instant());
    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private final CountDownLatch hanging = new CountDownLatch(1);

    @Test
    void aRouteStepThatNeverReturnsMakesTheFolderBrokenUntilItDoes() throws Exception {
        ScriptedFolder folder = new ScriptedFolder("hangs", "waits").offering("IMAP4rev1 IDLE");
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = started(server, NEVER, Duration.ofMinutes(15))) {
            Await.until("it hangs", () -> arrived.size() == 1);
            Await.until("it is live", () -> host.status().state() == MailboxState.LIVE);
            clock.advance(Duration.ofMinutes(16));
            Await.until("it is seen", () -> host.status().state() == MailboxState.BROKEN);
            assertThat(host.status().reason()).contains("route", "box/INBOX/1/1");
            assertThat(host.status().since()).isEqualTo(clock.instant());
            hanging.countDown();
            Await.until("it moves", () -> host.status().state() == MailboxState.LIVE);
            Await.until("both have arrived", () -> host.status().delivered() == 2);
        } finally {
            hanging.countDown();
        }
    }

    @Test
    void aMailThatARouteHandedOverDoesNotMakeItsFolderBroken() throws Exception {
        ScriptedFolder folder = new ScriptedFolder("held").offering("IMAP4rev1 IDLE");
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = host(server, NEVER, Duration.ofMinutes(15))) {
            host.start(builder -> {
                builder.from("mailbox:box").to("seda:later");
                builder.from("seda:later").process(exchange -> hanging.await());
            });
            Await.until("it idles", () -> server.received().stream().anyMatch(line -> line.endsWith(" IDLE")));
            clock.advance(Duration.ofMinutes(16));
            host.installation().lookout().look();
            assertThat(host.status().state()).isEqualTo(MailboxState.LIVE);
            hanging.countDown();
        } finally {
            hanging.countDown();
        }
    }

    @Test
    void whereTwoMailsMayBeInTheRouteOneThatHangsDoesNotStopTheFolder() throws Exception {
        ScriptedFolder folder = new ScriptedFolder("hangs").offering("IMAP4rev1 IDLE");
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = host(server, NEVER, NEVER)) {
            host.start(builder -> builder.from("mailbox:box?delay=3600000&concurrency=2")
                    .process(exchange -> {
                        String subject = MailboxRoutes.subject(exchange);
                        if (subject.equals("hangs")) {
                            hanging.await();
                        }
                        arrived.add(subject);
                    }));
            Await.until("it idles", () -> server.received().stream().anyMatch(line -> line.endsWith(" IDLE")));
            folder.arrive("one");
            Await.until("one passes", () -> arrived.contains("one"));
            folder.arrive("two");
            Await.until("another passes", () -> arrived.contains("two"));
            hanging.countDown();
            Await.until("all have arrived", () -> host.status().delivered() == 3);
        } finally {
            hanging.countDown();
        }
    }

    @Test
    void aReaderThatHearsNothingMoreIsBrokenUntilItDoes() throws Exception {
        ScriptedFolder folder = new ScriptedFolder().offering("IMAP4rev1 IDLE");
        hanging.countDown();
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = started(server, Duration.ofMinutes(5), NEVER)) {
            Await.until("it is live", () -> host.status().proofOfLife().isPresent());
            clock.advance(Duration.ofMinutes(6));
            Await.until("it is seen", () -> host.status().state() == MailboxState.BROKEN);
            assertThat(host.status().reason()).contains("nothing was heard of the server");
            folder.arrive("new");
            Await.until("it moves", () -> host.status().state() == MailboxState.LIVE);
            Await.until("it is delivered", () -> arrived.contains("new"));
        }
    }

    private MailboxHost started(ScriptedImapServer server, Duration silence, Duration inRoute) throws Exception {
        return host(server, silence, inRoute)
                .start(builder -> builder.from("mailbox:box?delay=3600000").process(exchange -> {
                    arrived.add(MailboxRoutes.subject(exchange));
                    hanging.await();
                }));
    }

    private MailboxHost host(ScriptedImapServer server, Duration silence, Duration inRoute) {
        Rhythm rhythm = new Rhythm(
                Duration.ofHours(1),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                silence,
                inRoute,
                Duration.ofMillis(20));
        return new MailboxHost(
                server.port(),
                data,
                new Installation.Terms(RunMode.CONTINUOUS, false, clock, MailboxHost.SHORTEST).in(rhythm));
    }
}
