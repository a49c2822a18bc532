package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.message.Mail;
import io.mailroutes.message.UidSet;
import io.mailroutes.testing.Await;
import io.mailroutes.testing.ScriptedImapServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder whose UIDVALIDITY changes: nothing comes twice that is known, nothing is lost. */
@Timeout(60)
class ResyncTest {
    private static final String BOX = "mailbox:box?delay=50";

    @TempDir
    Path data;

    private final ScriptedFolder folder = new ScriptedFolder("a", "b");
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    @Test
    void whatIsKnownIsNotDeliveredAgainAndWhatIsNewIs() throws Exception {
        once(false, LoopResult.DONE);
        folder.renumber(40);
        folder.add("new", 1);
        assertThat(once(false, LoopResult.DONE).keys()).containsExactly("box/INBOX/2/43");
        assertThat(arrived).containsExactly("a", "b", "new");
        assertThat(folder.seen()).containsExactlyInAnyOrder(41L, 42L, 43L);
    }

    @Test
    void anOldMailThatIsNotKnownIsHeldAndListedUntilThatIsAccepted() throws Exception {
        once(false, LoopResult.DONE);
        folder.add("odd", 0);
        folder.renumber(40);
        Run held = once(false, LoopResult.UNREACHABLE);
        assertThat(held.held()).isEqualTo(Map.of("INBOX", UidSet.range(43, 43)));
        assertThat(held.status().state()).isEqualTo(MailboxState.LIVE);
        assertThat(held.status().reason()).contains("1 mails are held", "--accept-resync");
        assertThat(arrived).containsExactly("a", "b");
        folder.add("new", 1);
        once(false, LoopResult.UNREACHABLE);
        assertThat(arrived).as("the others go on").containsExactly("a", "b", "new");
        assertThat(once(true, LoopResult.DONE).held()).isEmpty();
        assertThat(arrived).containsExactly("a", "b", "new", "odd");
    }

    @Test
    void oneThatIsAcceptedBeforehandIsDeliveredAtOnce() throws Exception {
        once(false, LoopResult.DONE);
        folder.add("odd", 0);
        folder.renumber(40);
        assertThat(once(true, LoopResult.DONE).held()).isEmpty();
        assertThat(arrived).containsExactly("a", "b", "odd");
    }

    @Test
    void ofTwoMailsThatLookTheSameTheOneThatWasDeliveredHidesNoOther() throws Exception {
        once(false, LoopResult.DONE);
        folder.add("b", 0);
        folder.renumber(40);
        assertThat(once(false, LoopResult.UNREACHABLE).held()).isEqualTo(Map.of("INBOX", UidSet.range(43, 43)));
    }

    @Test
    void whereTheFlagDecidesAKnownMailWhoseFlagWasLostIsFlaggedAndNotDelivered() throws Exception {
        run("mailbox:box?select=unseen", false, LoopResult.DONE);
        folder.renumber(40);
        folder.markUnseen();
        run("mailbox:box?select=unseen", false, LoopResult.DONE);
        assertThat(arrived).containsExactly("a", "b");
        assertThat(folder.seen()).containsExactlyInAnyOrder(41L, 42L);
    }

    @Test
    void aMailThatIsInTheRouteMeanwhileIsWaitedForAndDeliveredOnce() throws Exception {
        CountDownLatch inRoute = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = host(server, RunMode.CONTINUOUS, false)) {
            host.start(builder -> {
                builder.from(BOX).to("seda:later");
                builder.from("seda:later").process(exchange -> {
                    inRoute.countDown();
                    mayEnd.await();
                    arrive(exchange);
                });
            });
            inRoute.await();
            folder.renumber(40);
            folder.add("new", 1);
            server.dropAll();
            Await.until("RESYNC", () -> host.status().state() == MailboxState.RESYNC);
            assertThat(arrived).isEmpty();
            mayEnd.countDown();
            Await.until("the new one", () -> arrived.contains("new"));
            Await.until("all flags", () -> folder.seen().size() == 3);
            assertThat(arrived).containsExactlyInAnyOrder("a", "b", "new");
        }
    }

    private record Run(MailboxStatus.Snapshot status, Map<String, UidSet> held, List<String> keys) {}

    private Run once(boolean accept, LoopResult expected) throws Exception {
        return run("mailbox:box", accept, expected);
    }

    private Run run(String uri, boolean accept, LoopResult expected) throws Exception {
        List<String> keys = new CopyOnWriteArrayList<>();
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = host(server, RunMode.ONCE, accept)) {
            host.start(builder -> builder.from(uri).process(exchange -> {
                keys.add(exchange.getMessage().getBody(Mail.class).key().text());
                arrive(exchange);
            }));
            assertThat(host.result()).isEqualTo(expected);
            return new Run(host.status(), host.installation().ledger().held("box"), keys);
        }
    }

    private void arrive(Exchange exchange) {
        arrived.add(MailboxRoutes.subject(exchange));
    }

    private MailboxHost host(ScriptedImapServer server, RunMode mode, boolean accept) {
        return new MailboxHost(
                server.port(), data, new Installation.Terms(mode, accept, Clock.systemUTC(), MailboxHost.SHORTEST));
    }
}
