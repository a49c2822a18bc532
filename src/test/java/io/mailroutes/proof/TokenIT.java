package io.mailroutes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.testing.NeedsDovecot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code token} in a process of its own, as other programs call it. */
@NeedsDovecot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private MailWorld world;

    @BeforeAll
    void start() {
        world = new MailWorld();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private static String token(RunningProgram command) {
        assertThat(command.await(LIMIT)).as(command.words()).isZero();
        return command.output().strip();
    }

    @Test
    void itSharesTheTokenOfARunThatHoldsTheMailbox(@TempDir Path directory) {
        Program program = world.program(directory, "beside@example.com").toEml("delay: 50");
        int before = world.authorization().tokenRequests();
        try (RunningProgram run = program.start()) {
            run.awaitWords("LIVE");
            String first = token(program.command("token", "box"));
            String second = token(program.command("token", "box"));

            assertThat(world.authorization().isLive(first)).isTrue();
            assertThat(second).isEqualTo(first);
            assertThat(world.authorization().tokenRequests() - before).isEqualTo(1);
            assertThat(run.isAlive()).isTrue();
        }
    }

    @Test
    void itWaitsForARefreshOfAnotherProcessInsteadOfMakingOne(@TempDir Path directory) {
        Program program = world.program(directory, "waits@example.com");
        CountDownLatch release = new CountDownLatch(1);
        int before = world.authorization().tokenRequests();
        world.authorization().nextToken(FakeAnswer.held(release));
        try (RunningProgram asking = program.command("token", "box")) {
            Await.until("the first asks", () -> world.authorization().tokenRequests() > before);
            Path classes = directory.resolve("classes");
            program.option("-Xlog:class+load:file=" + classes);
            try (RunningProgram waiting = program.command("token", "box")) {
                waiting.awaitThat(
                        "the second wants to refresh",
                        () -> Files.exists(classes)
                                && Files.readString(classes).contains("io.mailroutes.token.StoreLeases "));
                release.countDown();
                assertThat(token(waiting)).isEqualTo(token(asking));
            }
        }
        assertThat(world.authorization().tokenRequests() - before).isEqualTo(1);
    }

    @Test
    void aStoredTokenIsPrintedWithoutCamelOrAnyServerBeingLoaded(@TempDir Path directory) throws IOException {
        Program program = world.program(directory, "classes@example.com");
        Path classes = directory.resolve("classes");
        String stored = token(program.command("token", "box"));
        program.option("-Xlog:class+load:file=" + classes);

        assertThat(token(program.command("token", "box"))).isEqualTo(stored);
        assertThat(Files.readAllLines(classes))
                .anyMatch(line -> line.contains("io.mailroutes.cli.TokenCommand"))
                .noneMatch(line -> line.contains(" org.apache.camel."))
                .noneMatch(line -> line.contains(" io.netty."))
                .noneMatch(line -> line.contains(" io.vertx."))
                .noneMatch(line -> line.contains(" jakarta.mail."))
                .noneMatch(line -> line.contains(" com.icegreen."));
    }

    @Test
    void aSecretThatIsWrongIsSaidOnStderrAndNothingOnStdout(@TempDir Path directory) {
        RunningProgram command = world.program(directory, "wrong@example.com")
                .account("client-secret", "not-the-secret")
                .command("token", "box");

        assertThat(command.await(LIMIT)).as(command.words()).isNotZero();
        assertThat(command.output()).isEmpty();
        assertThat(command.words()).contains("box").doesNotContain("not-the-secret", "\tat ");
    }
}
