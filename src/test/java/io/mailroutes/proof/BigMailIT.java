package io.mailroutes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.NeedsDovecot;
import io.mailroutes.testing.RawImap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Mails of 200 MB through a heap of 128 MB, among small ones: whole, byte by byte, and no temporary file stays. */
@NeedsDovecot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BigMailIT {
    private static final String USER = "big@example.com";
    private static final String PARTS = "Parts";
    private static final int ATTACHMENT_MIB = 150;
    private static final int SMALL = 40;

    /** The heap, and what the JVM itself takes: code, threads, SQLite. */
    private static final long MOST_RESIDENT = 300L << 20;

    private MailWorld world;
    private BigMail big;

    @BeforeAll
    void start(@TempDir Path shared) throws IOException {
        world = new MailWorld();
        big = BigMail.write(shared.resolve("big"), ATTACHMENT_MIB, 1);
        assertThat(Files.size(big.file())).isGreaterThan(200_000_000);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @Test
    void itArrivesWholeAsOneFileAndInPartsWhileSmallOnesPass(@TempDir Path directory) throws Exception {
        Set<String> small = new TreeSet<>();
        for (String folder : List.of(MailWorld.INBOX, PARTS)) {
            deliverSmall(folder, 0, small);
            append(USER, folder);
            deliverSmall(folder, SMALL, small);
        }
        Program program = world.program(directory, USER)
                .option("-Xmx128m")
                .toEml("concurrency: 3")
                .route(Routes.mailbox("folderName: " + PARTS).replace("id: proof", "id: parts")
                        + "          - to: 'kamelet:mail-file-sink?directory=OUT'\n");
        long peak = runOnce(program);

        assertBig(program);
        assertThat(smallOnesIn(program)).isEqualTo(small);
        assertNothingTemporaryStays(program);
        System.out.printf(
                "BigMailIT: 2 x %d MB, at most %d MB resident%n", Files.size(big.file()) / 1_000_000, peak >> 20);
        assertThat(peak).as("bytes resident").isLessThan(MOST_RESIDENT);
    }

    @Test
    void aProgramThatEndsInTheMiddleOfItLeavesNothingHalfAndTheNextOneHasItWhole(@TempDir Path directory)
            throws Exception {
        String user = "ended@example.com";
        append(user, MailWorld.INBOX);
        Program program = world.program(directory, user).option("-Xmx128m").toEml();
        try (RunningProgram running = program.start()) {
            running.awaitThat("a part of it is here", () -> spooled(program) > 20_000_000);
            running.kill();
        }
        try (RunningProgram running = program.start()) {
            running.awaitWords("LIVE: reading");
            running.awaitThat("a part of it is here", () -> spooled(program) > 20_000_000);
            running.terminate();
            assertThat(running.await(Duration.ofSeconds(10)))
                    .as(running.words())
                    .isIn(0, 143);
        }
        assertThat(program.delivered()).allMatch(file -> isWhole(program, file));
        runOnce(program);
        assertThat(program.delivered()).hasSize(1).allMatch(file -> isWhole(program, file));
        assertNothingTemporaryStays(program);
    }

    /** Bytes in temporary files. */
    private static long spooled(Program program) throws IOException {
        try (Stream<Path> files = Files.walk(program.data().resolve("tmp"))) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        } catch (NoSuchFileException | UncheckedIOException notYet) {
            return 0; // not made yet, or gone while it is listed
        }
    }

    private boolean isWhole(Program program, Path file) {
        return BigMail.sha256(program.out().resolve(file)).equals(big.sha256());
    }

    private void deliverSmall(String folder, int from, Set<String> messageIds) {
        List<MarkedMail> mails = IntStream.range(from, from + SMALL)
                .mapToObj(i -> MarkedMail.of(folder + "-" + i, "small", 1_000 * (i + 1), new Random(i)))
                .toList();
        world.dovecot().deliverMany(USER, folder, mails.stream().map(MarkedMail::raw));
        mails.forEach(mail -> messageIds.add(mail.messageId()));
    }

    private void append(String user, String folder) throws IOException {
        try (RawImap imap = world.dovecot().connect(user);
                InputStream in = Files.newInputStream(big.file())) {
            imap.append(folder, Files.size(big.file()), in);
        }
    }

    /** Returns the most bytes that were resident. */
    private static long runOnce(Program program) {
        long[] peak = {0};
        try (RunningProgram running = program.start("--once")) {
            running.awaitThat("the end", Program.ONCE, () -> {
                peak[0] = Math.max(peak[0], ResidentMemory.peak(running.pid()));
                return !running.isAlive();
            });
            assertThat(running.exitCode()).as(running.words()).isZero();
        }
        assertThat(peak[0]).as("what the system says").isPositive();
        return peak[0];
    }

    private void assertBig(Program program) {
        Path whole = program.out().resolve(bigOf(program, "box/INBOX/.*\\.eml"));
        assertThat(BigMail.sha256(whole)).isEqualTo(big.sha256());
        Path parts = program.out().resolve(bigOf(program, "box/" + PARTS + "/.*/message\\.eml"));
        assertThat(BigMail.sha256(parts)).isEqualTo(big.sha256());
        assertThat(BigMail.sha256(parts.resolveSibling("attachments").resolve("1-big.bin")))
                .isEqualTo(big.attachmentSha256());
    }

    private static Path bigOf(Program program, String name) {
        List<Path> found = program.delivered().stream()
                .filter(file -> file.toString().matches(name) && isBig(program, file))
                .toList();
        assertThat(found).as("the big one as %s", name).hasSize(1);
        return found.get(0);
    }

    private static boolean isBig(Program program, Path file) {
        return program.out().resolve(file).toFile().length() > 1 << 20;
    }

    private static Set<String> smallOnesIn(Program program) {
        Set<String> found = new TreeSet<>();
        program.delivered().stream()
                .filter(file -> file.toString().endsWith(".eml") && !isBig(program, file))
                .forEach(file -> assertThat(found.add(MarkedMail.whole(file.toString(), program.delivered(file))))
                        .as("once: %s", file)
                        .isTrue());
        return found;
    }

    private static void assertNothingTemporaryStays(Program program) throws IOException {
        try (Stream<Path> spooled = Files.walk(program.data().resolve("tmp"));
                Stream<Path> out = Files.walk(program.out())) {
            assertThat(spooled.filter(file -> file.toString().endsWith(".eml"))).isEmpty();
            assertThat(out.filter(file -> file.getFileName().toString().startsWith(".")))
                    .isEmpty();
        }
    }
}
