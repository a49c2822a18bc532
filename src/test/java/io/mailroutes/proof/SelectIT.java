package io.mailroutes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.NeedsDovecot;
import io.mailroutes.testing.RawImap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Which mails are delivered, and what becomes of them on the server. Every folder begins with mail 1 seen and 2 not. */
@NeedsDovecot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelectIT {
    private static final String SEEN = "\\Seen";

    private MailWorld world;

    @BeforeAll
    void start() {
        world = new MailWorld();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @Test
    void newIsWhatIsUnseenAtFirstAndThenEverythingReadOrNot(@TempDir Path directory) {
        String user = fill("new@example.com");
        Program program = world.program(directory, user).toEml("select: new");
        assertDelivers(program, 2);
        appendSeenAndUnseen(user, "later"); // 3 and 4
        assertDelivers(program, 2, 3, 4);
        assertDelivers(program, 2, 3, 4);
        assertThat(flags(user)).isEqualTo("{1=[\\Seen], 2=[\\Seen], 3=[\\Seen], 4=[\\Seen]}");
    }

    @Test
    void unseenIsWhatTheServersFlagSays(@TempDir Path directory) throws IOException {
        String user = fill("unseen@example.com");
        Program program = world.program(directory, user).toEml("select: unseen");
        assertDelivers(program, 2);
        appendSeenAndUnseen(user, "later");
        assertDelivers(program, 2, 4);
        try (RawImap imap = world.dovecot().connect(user)) {
            imap.command("SELECT INBOX");
            imap.command("UID STORE 1 -FLAGS (\\Seen)");
        }
        assertDelivers(program, 1, 2, 4);
    }

    @Test
    void allIsEveryMailOnce(@TempDir Path directory) {
        String user = fill("all@example.com");
        Program program = world.program(directory, user).toEml("select: all");
        assertDelivers(program, 1, 2);
        appendSeenAndUnseen(user, "later");
        assertDelivers(program, 1, 2, 3, 4);
    }

    @Test
    void noneChangesNothingOnTheServerAndDeliversNothingTwice(@TempDir Path directory) {
        String user = fill("none@example.com");
        Program program = world.program(directory, user).toEml("onDelivered: none");
        assertDelivers(program, 2);
        assertDeliversNothing(program);
        assertThat(flags(user)).isEqualTo("{1=[\\Seen], 2=[]}");
    }

    @Test
    void deleteRemovesTheDeliveredMailsAlone(@TempDir Path directory) throws IOException {
        String user = fill("delete@example.com");
        try (RawImap imap = world.dovecot().connect(user)) {
            imap.command("SELECT INBOX");
            imap.command("UID STORE 1 +FLAGS (\\Deleted)"); // by somebody else, who may change their mind
        }
        Program program = world.program(directory, user).toEml("onDelivered: delete");
        assertDelivers(program, 2);
        assertThat(flags(user)).isEqualTo("{1=[\\Deleted, \\Seen]}");
        assertDeliversNothing(program);
    }

    @Test
    void moveMovesToAFolderThatIsCreatedWhenItIsMissing(@TempDir Path directory) {
        String user = fill("move@example.com");
        Program program = world.program(directory, user).toEml("onDelivered: 'move:Done, déjà/vu'");
        assertDelivers(program, 2);
        assertThat(flags(user)).isEqualTo("{1=[\\Seen]}");
        assertThat(world.dovecot().fetchAll(user, "Done, d&AOk-j&AOA-/vu").values())
                .singleElement()
                .satisfies(mail -> assertThat(mail.flags()).contains(SEEN));
        appendSeenAndUnseen(user, "later");
        assertDelivers(program, 2, 3, 4);
        assertThat(flags(user)).isEqualTo("{1=[\\Seen]}");
    }

    @Test
    void aFolderThatDoesNotExistIsAConfigurationError(@TempDir Path directory) {
        String user = fill("nofolder@example.com");
        RunningProgram run =
                world.program(directory, user).toEml("folderName: Typo").once();
        assertThat(run.exitCode()).as(run.words()).isEqualTo(2);
        assertThat(run.words()).contains("Typo");
    }

    @Test
    void ofARenumberedFolderNewMailIsDeliveredAndOldMailIsKnownOrHeldUntilAPersonAcceptsIt(@TempDir Path directory)
            throws IOException {
        String user = "renumbered@example.com";
        String folder = "Projects";
        world.dovecot().append(user, folder, MailWorld.mail("zero", "older"));
        appendOfLastYear(user, folder, MailWorld.mail("one", "old"));
        Program program = world.program(directory, user).toEml("folderName: " + folder);
        assertDelivers(program, 1, 2);
        renumber(user, folder);
        appendOfLastYear(user, folder, MailWorld.mail("one", "old"));
        appendOfLastYear(user, folder, MailWorld.mail("never seen", "held"));
        world.dovecot().append(user, folder, MailWorld.mail("two", "new"));

        RunningProgram run = program.once();
        assertThat(run.exitCode()).as(run.words()).isEqualTo(4);
        assertThat(run.words()).contains("renumbered", "1 mails were known", "--accept-resync");
        assertThat(texts(program)).hasSize(3).anyMatch(mail -> mail.contains("new"));

        assertThat(program.once("--accept-resync").exitCode()).isZero();
        assertThat(texts(program)).hasSize(4).anyMatch(mail -> mail.contains("held"));
        assertDeliversNothing(program);
    }

    private static List<String> texts(Program program) {
        return program.delivered().stream()
                .map(program::delivered)
                .map(String::new)
                .toList();
    }

    private void appendOfLastYear(String user, String folder, byte[] mail) throws IOException {
        try (RawImap imap = world.dovecot().connect(user)) {
            imap.append(folder, Instant.parse("2025-06-01T00:00:00Z"), mail);
        }
    }

    /** UIDVALIDITY is a time in seconds, so a folder made anew within the second would have the same one. */
    private void renumber(String user, String folder) throws IOException {
        try (RawImap imap = world.dovecot().connect(user)) {
            String before = uidValidity(imap, folder);
            Await.until("another UIDVALIDITY", () -> {
                imap.command("UNSELECT");
                imap.command("DELETE " + folder);
                imap.command("CREATE " + folder);
                return !uidValidity(imap, folder).equals(before);
            });
        }
    }

    private static String uidValidity(RawImap imap, String folder) throws IOException {
        return imap.command("SELECT " + folder).stream()
                .map(RawImap.Response::text)
                .filter(line -> line.contains("UIDVALIDITY"))
                .findFirst()
                .orElseThrow()
                .replaceAll(".*UIDVALIDITY (\\d+).*", "$1");
    }

    private String fill(String user) {
        appendSeenAndUnseen(user, "first");
        return user;
    }

    private void appendSeenAndUnseen(String user, String subject) {
        world.dovecot().append(user, MailWorld.INBOX, SEEN, MailWorld.mail(subject, "seen"));
        world.dovecot().append(user, MailWorld.INBOX, MailWorld.mail(subject, "unseen"));
    }

    private static void assertDelivers(Program program, Integer... uids) {
        RunningProgram run = program.once();
        assertThat(run.exitCode()).as(run.words()).isZero();
        List<Integer> found = program.delivered().stream()
                .map(file -> file.getFileName().toString().replaceAll("^\\d+-(\\d+)\\.eml$", "$1"))
                .map(Integer::valueOf)
                .sorted()
                .toList();
        assertThat(found).containsExactly(uids);
    }

    private static void assertDeliversNothing(Program program) {
        RunningProgram run = program.once();
        assertThat(run.exitCode()).as(run.words()).isZero();
        assertThat(run.words()).containsPattern("box +\\S+ +proof +0 +0 ");
    }

    private String flags(String user) {
        TreeMap<Long, Set<String>> flags = new TreeMap<>();
        world.inbox(user).forEach((uid, mail) -> flags.put(uid, new TreeSet<>(mail.flags())));
        return flags.toString();
    }
}
