package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.LogLines;
import io.mailroutes.testing.ScriptedImapServer;
import io.mailroutes.testing.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection ends in many ways; the next one goes on where it was, and nobody is alarmed without need. */
@Timeout(60)
class RenewalTest extends PushRoutes {
    @Test
    void whatArrivesWhileTheConnectionIsAwayIsFoundByTheNext() throws Exception {
        ScriptedFolder folder = new ScriptedFolder("old").offering(IDLES);
        folder.odd((c, line) -> {
            if (line.equals("IDLE") && c.number() == 0) {
                c.send("+ idling");
                c.drop();
                folder.arrive("new");
                return true;
            }
            return false;
        });
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = started(server, Rhythm.STANDARD)) {
            awaitMails(host, "old", "new");
        }
    }

    @Test
    void aLineThatDiedIsFoundByIdleAndByNoopAndMadeAnew() throws Exception {
        for (String deaf : List.of("IDLE", "NOOP")) {
            arrived.clear();
            ScriptedFolder folder =
                    new ScriptedFolder("old").offering(deaf.equals("IDLE") ? IDLES : "IMAP4rev1 UIDPLUS");
            AtomicInteger asked = new AtomicInteger();
            folder.odd((c, line) -> {
                if (!line.equals(deaf) || c.number() > 0 || asked.incrementAndGet() < 2) {
                    return false;
                }
                folder.arrive("new");
                if (deaf.equals("IDLE")) {
                    c.send("+ idling").expectLine("DONE");
                }
                c.expectLine("never"); // deaf from now on
                return true;
            });
            try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                    MailboxHost host = started(server, FAST)) {
                awaitMails(host, "old", "new");
                assertThat(server.connections()).isEqualTo(2);
            }
            data = data.resolve("next");
        }
    }

    @Test
    void aSessionThatEndsWithItsTokenIsRenewedAtOnceAndNobodyIsAlarmed() throws Exception {
        for (String bye : List.of("Session invalidated - AccessTokenExpired", "Session expired, please login again.")) {
            for (String when : List.of("IDLE", "UID FETCH", "UID STORE", "UID SEARCH UID")) {
                arrived.clear();
                ScriptedFolder folder = new ScriptedFolder("a", "b").offering(IDLES);
                folder.odd((c, line) -> {
                    if (!line.startsWith(when) || c.number() > 0) {
                        return false;
                    }
                    c.send((line.equals("IDLE") ? "+ idling\r\n" : "") + "* BYE " + bye)
                            .drop();
                    return true;
                });
                try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                        LogLines log = LogLines.of("io.mailroutes.camel");
                        MailboxHost host = started(server, FAST)) {
                    awaitMails(host, "a", "b");
                    Await.until(
                            "the second connection idles",
                            () -> server.connections() == 2
                                    && count(server, "IDLE") >= 1
                                    && host.status().state() == MailboxState.LIVE);
                    assertThat(log.lines()).isEmpty();
                }
                data = data.resolve("next");
            }
        }
    }

    @Test
    void beforeTheTokenEndsANewConnectionIsMadeAlsoWhileARouteStillHoldsAMail() throws Exception {
        SettableClock clock = new SettableClock(Clock.systemUTC().instant());
        CountDownLatch held = new CountDownLatch(1);
        ScriptedFolder folder = new ScriptedFolder("held").offering(IDLES);
        Installation.Terms terms =
                new Installation.Terms(RunMode.CONTINUOUS, false, clock, MailboxHost.SHORTEST).in(FAST);
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                LogLines log = LogLines.of("io.mailroutes.camel");
                MailboxHost host = new MailboxHost(
                        server.port(), data, terms, Map.of("provider", "microsoft", "tenant", "contoso.example"))) {
            host.start(builder -> {
                builder.from(HOURLY).to("seda:later");
                builder.from("seda:later").process(exchange -> {
                    held.await();
                    arrived.add(MailboxRoutes.subject(exchange));
                });
            });
            awaitCommand(server, "IDLE");
            clock.advance(Duration.ofMinutes(59).plusSeconds(40));
            Await.until("a new connection", () -> server.connections() == 2);
            folder.arrive("new");
            Await.until("the new connection fetches", () -> count(server, "UID FETCH 2 ") >= 1);
            assertThat(arrived).isEmpty();
            held.countDown();
            awaitMails(host, "held", "new");
            assertThat(server.received()).anyMatch(line -> line.endsWith(" LOGOUT"));
            assertThat(server.received().stream()
                            .filter(line -> line.contains("AUTHENTICATE"))
                            .distinct())
                    .hasSize(2);
            assertThat(log.lines()).isEmpty();
        } finally {
            held.countDown();
        }
    }
}
