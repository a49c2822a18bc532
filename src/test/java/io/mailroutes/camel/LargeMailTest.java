package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.deadletter.DeadLetter;
import io.mailroutes.deadletter.DeadLetters;
import io.mailroutes.message.Mail;
import io.mailroutes.testing.Await;
import io.mailroutes.testing.ScriptedImapServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntUnaryOperator;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A mail above maxMessageSize goes to the dead letters by its header, whatever size the server lists. */
@Timeout(60)
class LargeMailTest {
    private static final String LIMITED = "mailbox:box?maxMessageSize=500";
    private static final String BIG = "b".repeat(600);
    private static final int BIG_SIZE = MailboxHost.mail(BIG).length;
    private static final IntUnaryOperator TOO_SMALL = size -> 10;

    @TempDir
    Path data;

    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    @Test
    void isNeverFetchedAndItsNeighboursArriveOnTheSameConnection() throws Exception {
        MailboxStatus.Snapshot status = once(folder("a", BIG, "c"), LIMITED);
        assertQuarantined(BIG_SIZE);
        assertThat(status.deadLettered()).isEqualTo(1);
        assertThat(connections()).isEqualTo(1);
        assertThat(wholeFetches()).hasSize(1).noneMatch(command -> ScriptedFolder.in(command, 2));
    }

    @Test
    void hasItsHeaderAndNoMoreInTheDeadLetter() throws Exception {
        once(folder("a", BIG, "c"), LIMITED);
        String kept = Files.readString(letter().directory().resolve("message.eml"));
        assertThat(kept).startsWith("From: Ann").contains("Subject: " + BIG).endsWith("\r\n\r\n");
        assertThat(Files.readString(letter().directory().resolve("meta.json")))
                .contains("\"serverSize\" : " + BIG_SIZE, "\"maxMessageSize\" : 500", "header alone")
                .contains("still on the server, in the folder INBOX with UID 2");
    }

    @Test
    void isFlaggedAsQuarantinedMailsAreAndIsNotLookedAtAgain() throws Exception {
        ScriptedFolder folder = folder("a", BIG, "c");
        once(folder, LIMITED);
        assertThat(folder.seen()).containsExactlyInAnyOrder(1L, 2L, 3L);
        commands.clear();
        assertThat(once(folder, LIMITED).deadLettered()).isZero();
        assertThat(commands).noneMatch(command -> command.startsWith("UID FETCH"));
    }

    @Test
    void thatIsListedAsSmallCostsOneConnectionMore() throws Exception {
        once(folder("a", BIG, "c").listing(TOO_SMALL), LIMITED);
        assertQuarantined(BIG_SIZE);
        assertThat(connections()).isEqualTo(2);
    }

    @Test
    void thatIsNamedOnlyAfterItsBytesIsFoundByFetchingOneByOne() throws Exception {
        ScriptedFolder folder = folder("a", BIG, "c").listing(TOO_SMALL);
        folder.odd((c, command) -> {
            commands.add(command);
            boolean asked = command.endsWith("BODY.PEEK[])") && ScriptedFolder.in(command, 2);
            if (asked) {
                c.send("* 2 FETCH (BODY[] {9000}").untilClosed();
            }
            return asked;
        });
        once(folder, LIMITED);
        assertQuarantined(9000);
        assertThat(connections()).isEqualTo(3);
    }

    @Test
    void isNotWhatTheServerOnlyListsAsLarge() throws Exception {
        MailboxStatus.Snapshot status = once(folder("a", "b", "c").listing(size -> 3_000_000), LIMITED);
        assertThat(arrived).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(status.deadLettered()).isZero();
        assertThat(connections()).isEqualTo(1);
    }

    @Test
    void isFoundBySheerFetchingWhereTheServerCannotBeAskedForAPart() throws Exception {
        once(refusing(folder("a", BIG, "c"), ".1>"), LIMITED);
        assertQuarantined(BIG_SIZE);
        assertThat(connections()).isEqualTo(3);
    }

    @Test
    void whoseHeaderTheServerRefusesWaitsAndDoesNotBlockItsNeighbours() throws Exception {
        ScriptedFolder folder = refusing(folder("a", BIG, "c"), "[HEADER]");
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = host(server, RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from(LIMITED + "&delay=100").process(this::arrive));
            Await.until("both neighbours", () -> folder.seen().size() == 2);
            assertThat(arrived).containsExactlyInAnyOrder("a", "c");
            assertThat(host.status().deadLettered()).isZero();
        }
    }

    @Test
    void ofExactlyTheLimitIsDelivered() throws Exception {
        once(folder("a", BIG, "c"), "mailbox:box?maxMessageSize=" + BIG_SIZE);
        assertThat(arrived).containsExactlyInAnyOrder("a", BIG, "c");
        arrived.clear();
        assertThat(once(folder("a", BIG, "c"), "mailbox:box?select=unseen&maxMessageSize=" + (BIG_SIZE - 1))
                        .deadLettered())
                .isEqualTo(1);
    }

    private ScriptedFolder folder(String... subjects) {
        return new ScriptedFolder(subjects).odd((c, command) -> {
            commands.add(command);
            return false;
        });
    }

    private ScriptedFolder refusing(ScriptedFolder folder, String part) {
        return folder.odd((c, command) -> {
            commands.add(command);
            boolean refused = command.contains(part);
            if (refused) {
                c.no("not this");
            }
            return refused;
        });
    }

    private void assertQuarantined(long serverSize) {
        assertThat(arrived).containsExactlyInAnyOrder("a", "c");
        assertThat(letter().meta().orElseThrow().headerOnly()).contains(new DeadLetter.HeaderOnly(serverSize, 500));
    }

    private DeadLetter letter() {
        List<DeadLetter> letters = new DeadLetters(data.resolve("data/dead-letters"), Clock.systemUTC()).list();
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }

    private long connections() {
        return commands.stream().filter(command -> command.startsWith("SELECT")).count();
    }

    private List<String> wholeFetches() {
        return commands.stream()
                .filter(command -> command.endsWith("BODY.PEEK[])"))
                .toList();
    }

    private MailboxStatus.Snapshot once(ScriptedFolder folder, String uri) throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = host(server, RunMode.ONCE)) {
            host.start(builder -> builder.from(uri).process(this::arrive));
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            return host.status();
        }
    }

    private MailboxHost host(ScriptedImapServer server, RunMode mode) {
        return new MailboxHost(server.port(), data.resolve("data"), mode);
    }

    private void arrive(Exchange exchange) throws Exception {
        Mail mail = exchange.getMessage().getBody(Mail.class);
        assertThat(new String(mail.raw().open().readAllBytes(), US_ASCII)).contains("text of ");
        arrived.add(mail.envelope().subject().orElseThrow());
    }
}
