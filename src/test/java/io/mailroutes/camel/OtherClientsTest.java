package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.ScriptedImapServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Other clients expunge mails at the worst moment: nothing else is touched, and nothing is retried for ever. */
@Timeout(60)
class OtherClientsTest {
    private static final String BOX = "mailbox:box?delay=50";

    @TempDir
    Path data;

    private final ScriptedFolder folder = new ScriptedFolder("a", "b", "c");
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    @Test
    void aMailThatIsExpungedBetweenSearchAndFetchIsMissedByNobody() throws Exception {
        folder.odd((c, command) -> {
            if (command.contains("BODY.PEEK")) {
                folder.expunge(2);
            }
            return false;
        });
        reading(() -> {
            Await.until("the neighbours", () -> folder.seen().size() == 2);
            folder.add("d", 1);
            Await.until("the next", () -> folder.seen().contains(4L));
        });
        assertThat(arrived).containsExactly("a", "c", "d");
        assertThat(folder.seen()).containsExactlyInAnyOrder(1L, 3L, 4L);
    }

    @Test
    void aMailThatIsExpungedWhileItIsInTheRouteIsDeliveredAndNoOtherIsFlaggedForIt() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = new MailboxHost(server.port(), data, RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from(BOX).process(exchange -> {
                arrive(exchange);
                mayEnd.await();
            }));
            Await.until("the first is in the route", () -> !arrived.isEmpty());
            folder.expunge(1);
            folder.expunge(2);
            folder.add("d", 1);
            mayEnd.countDown();
            Await.until("the rest", () -> folder.seen().containsAll(List.of(3L, 4L)));
            assertThat(host.status().state()).isEqualTo(MailboxState.LIVE);
            assertThat(host.status().failed()).isZero();
        }
        assertThat(arrived).containsExactly("a", "b", "c", "d");
        assertThat(folder.seen()).containsExactlyInAnyOrder(3L, 4L);
    }

    @Test
    void aFailedMailThatIsExpungedIsTriedNoMore() throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = new MailboxHost(server.port(), data, RunMode.ONCE)) {
            host.start(builder -> builder.from("mailbox:box").process(exchange -> {
                arrive(exchange);
                if (arrived.get(arrived.size() - 1).equals("b")) {
                    folder.expunge(2);
                    throw new IllegalArgumentException("not this one");
                }
            }));
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
        }
        assertThat(arrived).containsExactly("a", "b", "c");
        assertThat(folder.seen()).containsExactlyInAnyOrder(1L, 3L);
    }

    @Test
    void aFolderThatIsMadeAnewWithTheSameNumbersIsNotTakenForTheOldOne() throws Exception {
        reading(() -> Await.until("all", () -> folder.seen().size() == 3));
        folder.expunge(1);
        folder.expunge(2);
        folder.expunge(3);
        folder.renumber(0);
        folder.markUnseen();
        folder.add("new one", 5);
        reading(() -> Await.until("the new one", () -> arrived.contains("new one")));
        assertThat(arrived).containsExactly("a", "b", "c", "new one");
    }

    private interface Work {
        void run() throws Exception;
    }

    private void reading(Work work) throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = new MailboxHost(server.port(), data, RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from(BOX).process(this::arrive));
            work.run();
            assertThat(host.status().state()).isEqualTo(MailboxState.LIVE);
        }
    }

    private void arrive(Exchange exchange) {
        arrived.add(MailboxRoutes.subject(exchange));
    }
}
