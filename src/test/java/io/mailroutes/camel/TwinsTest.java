package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.ScriptedImapServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A mail that has several labels at Gmail, and so is in several folders. */
@Timeout(60)
class TwinsTest {
    private static final String BOTH = "mailbox:box?folderName=INBOX|Work";

    @TempDir
    Path data;

    private final ScriptedGmail gmail = new ScriptedGmail("X-GM-EXT-1");
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    private void arrive(Exchange exchange) {
        arrived.add(MailboxRoutes.subject(exchange));
    }

    @Test
    void aMailInTwoFoldersIsFetchedAndDeliveredOnceAndFlaggedInBoth() throws Exception {
        ScriptedFolder inbox = gmail.folder("INBOX", "a", "b");
        ScriptedFolder work = gmail.folder("Work", "b", "c");
        once(gmail, BOTH, this::arrive);
        assertThat(arrived).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(gmail.bodies()).isEqualTo(3);
        assertThat(inbox.seen()).containsExactlyInAnyOrder(1L, 2L);
        assertThat(work.seen()).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void withoutTheExtensionEachFolderDeliversItsOwn() throws Exception {
        ScriptedGmail plain = new ScriptedGmail("X-OTHER");
        plain.folder("INBOX", "b");
        plain.folder("Work", "b");
        once(plain, BOTH, this::arrive);
        assertThat(arrived).containsExactly("b", "b");
        assertThat(plain.commands()).noneMatch(command -> command.contains("X-GM"));
    }

    @Test
    void aFolderWaitsWhileTheOtherDelivers() throws Exception {
        ScriptedFolder inbox = gmail.folder("INBOX", "b");
        ScriptedFolder work = gmail.folder("Work", "b");
        CountDownLatch goOn = new CountDownLatch(1);
        try (ScriptedImapServer server = ScriptedImapServer.plain(gmail);
                MailboxHost host = new MailboxHost(server.port(), data, RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from(BOTH).process(exchange -> {
                arrive(exchange);
                assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
            }));
            Await.until(
                    "both to have listed the mail",
                    () -> gmail.commands().stream()
                                    .filter(command -> command.contains("RFC822.SIZE"))
                                    .count()
                            == 2);
            Await.until("one delivery", () -> arrived.size() == 1);
            assertThat(inbox.seen()).isEmpty();
            assertThat(work.seen()).isEmpty();
            goOn.countDown();
            Await.until(
                    "both flagged",
                    () -> !inbox.seen().isEmpty() && !work.seen().isEmpty());
        }
        assertThat(arrived).containsExactly("b");
        assertThat(gmail.bodies()).isEqualTo(1);
    }

    @Test
    void whatFailedFromOneFolderIsDeliveredFromTheOtherAndOnce() throws Exception {
        ScriptedFolder inbox = gmail.folder("INBOX", "b");
        ScriptedFolder work = gmail.folder("Work", "b");
        AtomicBoolean failed = new AtomicBoolean();
        once(gmail, BOTH, exchange -> {
            if (failed.compareAndSet(false, true)) {
                throw new IllegalArgumentException("not this time");
            }
            arrive(exchange);
        });
        assertThat(arrived).containsExactly("b");
        assertThat(inbox.seen()).containsExactly(1L);
        assertThat(work.seen()).containsExactly(1L);
    }

    @Test
    void whatWasDeliveredBeforeARestartIsNotDeliveredFromTheOtherFolder() throws Exception {
        gmail.folder("INBOX", "b");
        ScriptedFolder work = gmail.folder("Work", "c");
        once(gmail, BOTH, this::arrive);
        work.add("b", 60);
        work.add("d", 60);
        once(gmail, BOTH, this::arrive);
        assertThat(arrived).containsExactlyInAnyOrder("b", "c", "d");
        assertThat(work.seen()).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void aFolderThatIsNamedByItsUseIsOneOfThem() throws Exception {
        String uri = "mailbox:box?folderName=special-use:All|Work";
        ScriptedFolder all = gmail.folder("Alle", "b");
        ScriptedFolder work = gmail.folder("Work", "c");
        once(gmail, uri, this::arrive);
        work.add("b", 60);
        all.add("c", 60);
        once(gmail, uri, this::arrive);
        assertThat(arrived).containsExactlyInAnyOrder("b", "c");
        assertThat(all.seen()).containsExactlyInAnyOrder(1L, 2L);
        assertThat(work.seen()).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void aMailThatTheRouteNeverFinishedIsDeliveredAfterARestart() throws Exception {
        ScriptedFolder inbox = gmail.folder("INBOX", "b");
        ScriptedFolder work = gmail.folder("Work", "b");
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        try (ScriptedImapServer server = ScriptedImapServer.plain(gmail);
                MailboxHost host = new MailboxHost(server.port(), data, RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from(BOTH).process(exchange -> {
                begun.countDown();
                never.await();
            }));
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(inbox.seen()).isEmpty();
        assertThat(work.seen()).isEmpty();
        once(gmail, BOTH, this::arrive);
        assertThat(arrived).containsExactly("b");
        assertThat(inbox.seen()).containsExactly(1L);
        assertThat(work.seen()).containsExactly(1L);
    }

    @Test
    void anotherEndpointDeliversItsOwnCopy() throws Exception {
        gmail.folder("INBOX", "b");
        gmail.folder("Empty");
        gmail.folder("Work", "b");
        gmail.folder("Bare");
        once(gmail, "mailbox:box?folderName=INBOX|Empty", this::arrive);
        once(gmail, "mailbox:box?folderName=Work|Bare", this::arrive);
        assertThat(arrived).containsExactly("b", "b");
    }

    @Test
    void aMailThatComesAgainIntoItsOwnFolderIsDeliveredAgain() throws Exception {
        ScriptedFolder inbox = gmail.folder("INBOX", "b");
        gmail.folder("Work");
        once(gmail, BOTH, this::arrive);
        inbox.add("b", 60);
        once(gmail, BOTH, this::arrive);
        assertThat(arrived).as("as on any other server").containsExactly("b", "b");
    }

    private void once(ScriptedGmail account, String uri, Processor route) throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.plain(account);
                MailboxHost host = new MailboxHost(server.port(), data, RunMode.ONCE)) {
            host.start(builder -> builder.from(uri).process(route));
            for (var watched : host.installation().watched()) {
                assertThat(watched.result().get(60, TimeUnit.SECONDS)).isEqualTo(LoopResult.DONE);
            }
        }
    }
}
