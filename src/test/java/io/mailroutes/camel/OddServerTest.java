package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.message.Mail;
import io.mailroutes.testing.Await;
import io.mailroutes.testing.ScriptedImapServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a server does, no mail is lost and none blocks its neighbours. */
@Timeout(90)
class OddServerTest {
    @TempDir
    Path data;

    private final List<String> arrived = new CopyOnWriteArrayList<>();

    @Test
    void aConnectionThatBreaksInTheMiddleOfAMailIsMadeAgainAndEachMailArrivesOnce() throws Exception {
        AtomicInteger fetches = new AtomicInteger();
        ScriptedFolder folder = new ScriptedFolder("a", "b", "c").odd((c, command) -> {
            if (command.contains("BODY.PEEK") && fetches.incrementAndGet() == 1) {
                c.send("* 1 FETCH (UID 1 FLAGS () BODY[] {500}")
                        .sendRaw(new byte[100])
                        .drop();
                return true;
            }
            return false;
        });
        once(folder, LoopResult.DONE, "mailbox:box");
        assertThat(arrived).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(folder.seen()).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void aServerThatSaysByeIsComeBackTo() throws Exception {
        AtomicInteger searches = new AtomicInteger();
        ScriptedFolder folder = new ScriptedFolder("a").odd((c, command) -> {
            if (command.startsWith("UID SEARCH UID") && searches.incrementAndGet() == 1) {
                c.send("* BYE maintenance").drop();
                return true;
            }
            return false;
        });
        once(folder, LoopResult.DONE, "mailbox:box");
        assertThat(arrived).containsExactly("a");
    }

    @Test
    void anAcknowledgementThatIsCutIsToldAgainAndTheMailIsNotDeliveredAgain() throws Exception {
        AtomicInteger stores = new AtomicInteger();
        ScriptedFolder folder = new ScriptedFolder("a", "b").odd((c, command) -> {
            if (command.startsWith("UID STORE") && stores.incrementAndGet() == 1) {
                c.drop();
                return true;
            }
            return false;
        });
        once(folder, LoopResult.DONE, "mailbox:box");
        assertThat(arrived).containsExactly("a", "b");
        assertThat(folder.seen()).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void aMailThatTheServerRefusesToGiveDoesNotBlockItsNeighbours() throws Exception {
        ScriptedFolder folder = new ScriptedFolder("a", "bad", "c").odd((c, command) -> {
            boolean asked = command.contains("BODY.PEEK") && ScriptedFolder.in(command, 2);
            if (asked) {
                c.no("The requested message could not be converted to an RFC-822 compatible format.");
            }
            return asked;
        });
        assertNeighboursArrive(folder);
    }

    @Test
    void aMailThatBreaksTheConnectionDoesNotBlockItsNeighbours() throws Exception {
        ScriptedFolder folder = new ScriptedFolder("a", "bad", "c").odd((c, command) -> {
            boolean asked = command.contains("BODY.PEEK") && ScriptedFolder.in(command, 2);
            if (asked) {
                c.drop();
            }
            return asked;
        });
        assertNeighboursArrive(folder);
    }

    @Test
    void aMailThatTheServerListsAndDoesNotSendDoesNotBlockItsNeighbours() throws Exception {
        ScriptedFolder folder = new ScriptedFolder("a", "bad", "c");
        folder.odd((c, command) -> {
            boolean asked = command.contains("BODY.PEEK") && ScriptedFolder.in(command, 2);
            if (asked) {
                folder.answer(c, "UID FETCH " + (ScriptedFolder.in(command, 1) ? "1,3" : "9") + " (BODY.PEEK[])");
            }
            return asked;
        });
        assertNeighboursArrive(folder);
    }

    @Test
    void aMailThatTheServerFindsAndDoesNotListIsFetchedAllTheSame() throws Exception {
        ScriptedFolder folder = new ScriptedFolder("a", "odd", "c");
        folder.odd((c, command) -> {
            boolean asked = command.contains("RFC822.SIZE") && ScriptedFolder.in(command, 2);
            if (asked) {
                folder.answer(c, "UID FETCH 1,3 (RFC822.SIZE)");
            }
            return asked;
        });
        once(folder, LoopResult.DONE, "mailbox:box");
        assertThat(arrived).containsExactlyInAnyOrder("a", "odd", "c");
    }

    @Test
    void aMailWhoseSizeTheServerCannotTellIsFetchedWithoutAsking() throws Exception {
        ScriptedFolder folder = new ScriptedFolder("a", "odd", "c").odd((c, command) -> {
            boolean asked = command.contains("RFC822.SIZE") && ScriptedFolder.in(command, 2);
            if (asked) {
                c.bad("internal error");
            }
            return asked;
        });
        once(folder, LoopResult.DONE, "mailbox:box");
        assertThat(arrived).containsExactlyInAnyOrder("a", "odd", "c");
    }

    @Test
    void aFolderThatDoesNotExistIsAnErrorOfTheConfiguration() throws Exception {
        ScriptedFolder folder = new ScriptedFolder().odd((c, command) -> {
            boolean asked = command.startsWith("SELECT");
            if (asked) {
                c.no("[NONEXISTENT] no such folder");
            }
            return asked;
        });
        MailboxStatus.Snapshot status = once(folder, LoopResult.CONFIGURATION, "mailbox:box?folderName=Nope");
        assertThat(status.state()).isEqualTo(MailboxState.BROKEN);
        assertThat(status.reason()).contains("Nope", "no such folder");
    }

    @Test
    void aFolderThatMayNotBeChangedIsRefusedBeforeAnythingIsDelivered() throws Exception {
        ScriptedFolder folder = new ScriptedFolder("a").odd((c, command) -> {
            boolean asked = command.startsWith("SELECT");
            if (asked) {
                c.send("* OK [UIDVALIDITY 1] valid").send("* OK [UIDNEXT 2] next");
                c.ok("[READ-ONLY] done");
            }
            return asked;
        });
        MailboxStatus.Snapshot status = once(folder, LoopResult.CONFIGURATION, "mailbox:box");
        assertThat(status.reason()).contains("onDelivered=none");
        assertThat(arrived).isEmpty();
    }

    @Test
    void anAccountThatTheServerRefusesNeedsALogin() throws Exception {
        AtomicInteger logins = new AtomicInteger();
        try (ScriptedImapServer server = ScriptedImapServer.plain(c -> {
                    c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2").expect("AUTHENTICATE XOAUTH2 .+");
                    logins.incrementAndGet();
                    c.no("[AUTHENTICATIONFAILED] no");
                    c.untilClosed();
                });
                MailboxHost host = host(server, terms(RunMode.ONCE, false))) {
            host.start(builder -> builder.from("mailbox:box").to("mock:x"));
            assertThat(host.result()).isEqualTo(LoopResult.NEEDS_LOGIN);
            assertThat(host.status().state()).isEqualTo(MailboxState.NEEDS_LOGIN);
            assertThat(logins).hasValue(2);
        }
    }

    @Test
    void aServerThatIsAwayIsUnreachableAfterItsThirtySeconds() throws Exception {
        int closed;
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        io.mailroutes.testing.SettableClock clock = new io.mailroutes.testing.SettableClock();
        Installation.Terms terms = new Installation.Terms(RunMode.ONCE, false, clock, MailboxHost.SHORTEST);
        try (MailboxHost host = new MailboxHost(closed, data, terms)) {
            host.start(builder -> builder.from("mailbox:box").to("mock:x"));
            Await.until("a reason", () -> host.status().reason().contains("refused"));
            clock.advance(java.time.Duration.ofSeconds(31));
            assertThat(host.result()).isEqualTo(LoopResult.UNREACHABLE);
        }
    }

    @Test
    void aSearchThatMissesAMailOnceDoesNotLoseIt() throws Exception {
        AtomicInteger searches = new AtomicInteger();
        ScriptedFolder folder = new ScriptedFolder("a", "lagging", "c").odd((c, command) -> {
            boolean first = command.startsWith("UID SEARCH UID") && searches.incrementAndGet() == 1;
            if (first) {
                c.send("* SEARCH 1 3").ok("done");
            }
            return first;
        });
        once(folder, LoopResult.DONE, "mailbox:box");
        assertThat(arrived).containsExactlyInAnyOrder("a", "lagging", "c");
    }

    private void assertNeighboursArrive(ScriptedFolder folder) throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = host(server, terms(RunMode.CONTINUOUS, false))) {
            host.start(builder -> builder.from("mailbox:box?delay=100").process(e -> arrive(e)));
            Await.until("both neighbours", () -> host.status().delivered() == 2);
            Await.until("they are flagged", () -> folder.seen().size() == 2);
            assertThat(arrived).containsExactlyInAnyOrder("a", "c");
            assertThat(folder.seen()).containsExactlyInAnyOrder(1L, 3L);
        }
    }

    private MailboxStatus.Snapshot once(ScriptedFolder folder, LoopResult expected, String uri) throws Exception {
        return run(folder, terms(RunMode.ONCE, false), expected, uri);
    }

    private MailboxStatus.Snapshot run(ScriptedFolder folder, Installation.Terms terms, LoopResult expected, String uri)
            throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = host(server, terms)) {
            host.start(builder -> builder.from(uri).process(e -> arrive(e)));
            assertThat(host.result()).isEqualTo(expected);
            return host.status();
        }
    }

    private void arrive(org.apache.camel.Exchange exchange) throws Exception {
        Mail mail = exchange.getMessage().getBody(Mail.class);
        String raw = new String(mail.raw().open().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(raw).endsWith("\r\n");
        arrived.add(mail.envelope().subject().orElseThrow());
    }

    private MailboxHost host(ScriptedImapServer server, Installation.Terms terms) {
        return new MailboxHost(server.port(), data, terms);
    }

    private static Installation.Terms terms(RunMode mode, boolean acceptsResync) {
        return new Installation.Terms(mode, acceptsResync, Clock.systemUTC(), MailboxHost.SHORTEST);
    }
}
