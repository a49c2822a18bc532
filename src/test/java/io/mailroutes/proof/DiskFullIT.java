package io.mailroutes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.NeedsDovecot;
import io.mailroutes.testing.StoredMail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A full disk stops the program's work and loses nothing; it goes on when there is room. */
@NeedsDovecot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiskFullIT {
    private static final int MAILS = 8;
    private static final int LARGE = 300_000;

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
    void whenTheSinksDiskIsFullTheMailWaitsOnTheServer(@TempDir Path directory) throws IOException {
        String user = "sink-disk@example.com";
        for (int i = 0; i < MAILS; i++) {
            world.append(user, large("number " + i));
        }
        Program program = world.program(directory, user).toEml("maximumAttempts: 1", "delay: 100");
        try (SmallDisk disk = SmallDisk.mount(program.out(), 1);
                RunningProgram running = program.start()) {
            running.awaitWords("SINK_DOWN");
            assertThat(program.deadLetters()).isEmpty();
            assertThat(program.delivered()).hasSizeBetween(1, MAILS - 1);
            assertThat(world.inbox(user).values().stream()
                            .filter(mail -> mail.flags().isEmpty()))
                    .as("mails that wait")
                    .isNotEmpty();
            disk.resize(16);
            assertAllArrive(running, program, user);
            assertThat(program.deadLetters()).isEmpty();
        }
    }

    @Test
    void whenTheDiskOfTheLedgerIsFullNothingIsFlaggedThatIsNotWrittenDown(@TempDir Path directory) throws IOException {
        String user = "ledger-disk@example.com";
        world.append(user, MailWorld.mail("first", "text"));
        Program program = world.program(directory, user)
                .route(Routes.mailbox("maximumAttempts: 1", "delay: 100", "prefetchSize: 400000")
                        + "      - filter:\n"
                        + "          simple: \"${header.MailSubject} == 'failing'\"\n"
                        + "          steps: [ { throwException: { exceptionType: java.lang.IllegalStateException,"
                        + " message: no } } ]\n"
                        + Routes.FILES);
        try (SmallDisk disk = SmallDisk.mount(program.data(), 2);
                RunningProgram running = program.start()) {
            running.awaitThat("the first arrives", () -> program.delivered().size() == 1);
            running.awaitThat("it is flagged", () -> unseen(user) == 0);
            Path filler = disk.fill();
            world.append(user, MailWorld.mail("failing", "text"));
            for (int i = 1; i < MAILS; i++) {
                world.append(user, large("number " + i));
            }
            running.awaitWords("BROKEN");
            assertThat(unseen(user)).as("mails that wait").isPositive();
            assertThat(program.deadLetters()).isEmpty();
            Files.delete(filler);
            running.awaitThat("all is done", () -> unseen(user) == 0);
            assertThat(program.deadLetters()).hasSize(1);
            assertThat(program.delivered()).hasSize(MAILS);
        }
    }

    private static byte[] large(String subject) {
        return MailWorld.mail(
                subject, "0123456789abcdef0123456789abcdef0123456789abcdef012345678\r\n".repeat(LARGE / 60));
    }

    private long unseen(String user) {
        return world.inbox(user).values().stream()
                .filter(mail -> mail.flags().isEmpty())
                .count();
    }

    private void assertAllArrive(RunningProgram running, Program program, String user) {
        running.awaitThat("all are flagged", () -> unseen(user) == 0);
        Map<Long, StoredMail> held = world.inbox(user);
        assertThat(held.values()).allMatch(mail -> mail.flags().equals(Set.of("\\Seen")));
        List<String> wanted = held.values().stream().map(StoredMail::sha256).toList();
        assertThat(program.delivered().stream().map(program::delivered).map(StoredMail::sha256))
                .containsExactlyInAnyOrderElementsOf(wanted);
    }
}
