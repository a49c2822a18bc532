package io.mailroutes.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.DovecotServer;
import io.mailroutes.testing.Mails;
import io.mailroutes.testing.NeedsDovecot;
import io.mailroutes.testing.StoredMail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed (SIGKILL) at random instants while mail keeps arriving. At the end every mail is there, in
 * exactly one place: among the files, or in the dead letters when its route fails. More rounds: {@code -Dmailroutes.kill.rounds=60}.
 */
@NeedsDovecot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillIT {
    private static final int ROUNDS = Integer.getInteger("mailroutes.kill.rounds", 10);
    private static final int MAILS_A_ROUND = 40;
    private static final List<String> FOLDERS = List.of("INBOX", "Parts", "Moved");
    private static final String USER = "killed@example.com";

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
    void everyMailArrivesInExactlyOnePlaceHoweverOftenTheProgramIsKilled(@TempDir Path directory) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Program program = program(directory);
        Arrivals arrivals = new Arrivals(world.dovecot());
        int afterMail = 0;
        for (int round = 0; round < ROUNDS; round++) {
            afterMail += killDuring(program, arrivals, random) ? 1 : 0;
        }
        RunningProgram last = program.once();
        assertThat(last.exitCode()).as("seed %s: %s", seed, last.words()).isIn(0, 1);
        assertEveryMailIsThereOnce(program, arrivals, seed);
        assertNothingIsLeftOver(program);
        System.out.printf(
                "KillIT: %d kills, %d of them after mail had come; %d mails, none lost, %d in the dead letters (seed %d)%n",
                ROUNDS, afterMail, arrivals.count(), program.deadLetters().size(), seed);
    }

    private Program program(Path directory) {
        for (String folder : FOLDERS) {
            world.dovecot().append(USER, folder, MailWorld.mail("first in " + folder, "so that the folder is there"));
        }
        return world.program(directory, USER)
                .route(Routes.mailbox("select: all", "delay: 50", "maximumAttempts: 1")
                        + "      - filter:\n"
                        + "          simple: \"${header.MailSubject} contains 'large'\"\n"
                        + "          steps: [ { throwException: { exceptionType: java.lang.IllegalStateException,"
                        + " message: no } } ]\n"
                        + Routes.FILES)
                .route(Routes.mailbox("select: all", "delay: 50", "folderName: Parts", "concurrency: 3")
                                .replace("id: proof", "id: parts")
                        + "          - to: 'kamelet:mail-file-sink?directory=OUT'\n")
                .route(Routes.mailbox("select: all", "delay: 50", "folderName: Moved", "onDelivered: move:Done")
                                .replace("id: proof", "id: moved")
                        + "      - to: seda:handed-over\n"
                        + "- route:\n    from:\n      uri: seda:handed-over?concurrentConsumers=2\n      steps:\n"
                        + Routes.FILES.replace("fsync: false", "fsync: true"));
    }

    /** Returns whether mail had arrived in this round when the program was killed. */
    private boolean killDuring(Program program, Arrivals arrivals, Random random) {
        int before = program.delivered().size();
        try (RunningProgram running = program.start()) {
            Thread appending = new Thread(() -> arrivals.append(MAILS_A_ROUND));
            appending.start();
            // One in five is killed while it starts, the others from their first mail on.
            if (random.nextInt(5) > 0) {
                running.awaitThat("a mail arrives", () -> program.delivered().size() > before);
            }
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(400)).toNanos());
            running.kill();
            Await.until("all mails are appended", () -> !appending.isAlive());
        }
        return program.delivered().size() > before;
    }

    /** Judged by what the server holds now: it ends bare LF otherwise than they were sent. */
    private void assertEveryMailIsThereOnce(Program program, Arrivals arrivals, long seed) throws IOException {
        List<String> held = new ArrayList<>();
        for (String folder : List.of("INBOX", "Parts", "Moved", "Done")) {
            world.dovecot().fetchEach(USER, folder, (uid, mail) -> held.add(mail.sha256()));
        }
        assertThat(held).as("the checker's own view").hasSize(FOLDERS.size() + arrivals.count());
        List<String> found = new ArrayList<>();
        program.delivered().stream()
                .filter(file -> file.toString().endsWith(".eml"))
                .forEach(file -> found.add(StoredMail.sha256(program.delivered(file))));
        for (Path letter : program.deadLetters()) {
            assertThat(letter.resolve("meta.json")).exists();
            found.add(StoredMail.sha256(Files.readAllBytes(letter.resolve("message.eml"))));
        }
        List<String> lost = new ArrayList<>(held);
        found.forEach(lost::remove);
        assertThat(lost).as("lost, seed %s", seed).isEmpty();
        List<String> twice = new ArrayList<>(found);
        held.forEach(twice::remove);
        assertThat(twice).as("twice or not whole, seed %s", seed).isEmpty();
    }

    /** Beside the mails there are hidden files of killed writers at most, and no spooled mail in the data directory. */
    private static void assertNothingIsLeftOver(Program program) throws IOException {
        assertThat(program.delivered()).allMatch(file -> file.toString()
                .matches("box/(INBOX|Moved)/\\d+-\\d+\\.eml|box/Parts/\\d+-\\d+/(message\\.eml|mail\\.json"
                        + "|attachments/1-.*)"));
        try (Stream<Path> spooled = Files.walk(program.data().resolve("tmp"))) {
            assertThat(spooled.filter(file -> file.toString().endsWith(".eml"))).isEmpty();
        }
    }

    /** Mails that arrive in all folders in turn; one in ten is so large that it is spooled. */
    private static final class Arrivals {
        private final DovecotServer dovecot;
        private final Mails mails = Mails.quick(5);
        private int next;

        Arrivals(DovecotServer dovecot) {
            this.dovecot = dovecot;
        }

        void append(int count) {
            int folder = 0;
            for (int i = next; i < next + count; i += 4) {
                dovecot.deliverMany(
                        USER,
                        FOLDERS.get(folder++ % FOLDERS.size()),
                        IntStream.range(i, i + 4).mapToObj(this::mail));
            }
            next += count;
        }

        private byte[] mail(int index) {
            if (index % 20 != 3) {
                return mails.mail(index);
            }
            String line = "a line of a mail that is too large for the memory, number " + index + "\r\n";
            return (new String(MailWorld.mail("large " + index, ""), ISO_8859_1)
                            + line.repeat((2 << 20) / line.length()))
                    .getBytes(ISO_8859_1);
        }

        int count() {
            return next;
        }
    }
}
