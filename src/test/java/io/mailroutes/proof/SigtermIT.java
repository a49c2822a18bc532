package io.mailroutes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.NeedsDovecot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM ends the program within 10 s; mails in progress finish or stay. */
@NeedsDovecot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SigtermIT {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

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
    void aMailThatIsStuckInTheSinkStaysOnTheServerAndComesAgain(@TempDir Path directory) {
        String user = "stuck@example.com";
        world.append(user, MailWorld.mail("one", "stuck"));
        world.append(user, MailWorld.mail("two", "waiting"));
        world.dovecot().append(user, "Second", MailWorld.mail("three", "stuck too"));
        CountDownLatch never = new CountDownLatch(1);
        try (HttpSink sink = new HttpSink().answer(request -> {
            never.await();
            return 503;
        })) {
            Program program = world.program(directory, user)
                    .route(Routes.mailbox("delay: 100", "folderName: INBOX|Second") + Routes.post(sink.address()));
            try (RunningProgram running = program.start()) {
                running.awaitThat(
                        "the sink has the mail", () -> !sink.requests().isEmpty());
                running.terminate();
                assertThat(running.await(TEN_SECONDS)).as(running.words()).isIn(0, 143);
            }
            assertThat(world.inbox(user).values()).hasSize(2).allMatch(mail -> mail.flags()
                    .isEmpty());
            assertThat(program.deadLetters()).isEmpty();
            sink.answer(request -> 200);
            assertThat(program.once().exitCode()).isZero();
            assertThat(sink.taken()).hasSize(3);
        }
    }

    @Test
    void aFullPipelineEndsInTimeAndNothingOfItIsLost(@TempDir Path directory) {
        String user = "pipeline@example.com";
        int mails = 60;
        for (int i = 0; i < mails; i++) {
            world.append(user, MailWorld.mail("mail " + i, "x".repeat(4_000)));
        }
        CountDownLatch never = new CountDownLatch(1);
        try (HttpSink sink = new HttpSink().answer(request -> {
            never.await();
            return 503;
        })) {
            // Two batches are asked for, the route has all the bytes it may have, and the server is kept waiting.
            Program program = world.program(directory, user)
                    .route(Routes.mailbox("delay: 100", "prefetchSize: 20000") + Routes.post(sink.address()));
            try (RunningProgram running = program.start()) {
                running.awaitThat("the sink has a mail", () -> !sink.requests().isEmpty());
                running.terminate();
                assertThat(running.await(TEN_SECONDS)).as(running.words()).isIn(0, 143);
            }
            assertThat(world.inbox(user).values()).hasSize(mails).allMatch(mail -> mail.flags()
                    .isEmpty());
            sink.answer(request -> 200);
            assertThat(program.once().exitCode()).isZero();
            assertThat(sink.taken()).hasSize(mails);
        }
    }

    @Test
    void aMailThatFinishesSoonIsFinishedAndNotDeliveredAgain(@TempDir Path directory) {
        String user = "finishing@example.com";
        world.append(user, MailWorld.mail("one", "slow"));
        CountDownLatch terminated = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (HttpSink sink = new HttpSink().answer(request -> {
            terminated.await(5, TimeUnit.SECONDS);
            never.await(1, TimeUnit.SECONDS); // a slow sink
            return 200;
        })) {
            Program program =
                    world.program(directory, user).route(Routes.mailbox("delay: 100") + Routes.post(sink.address()));
            try (RunningProgram running = program.start()) {
                running.awaitThat(
                        "the sink has the mail", () -> !sink.requests().isEmpty());
                running.terminate();
                terminated.countDown();
                running.await(TEN_SECONDS);
            }
            assertThat(sink.taken()).hasSize(1);
            assertThat(world.inbox(user).get(1L).flags()).containsExactly("\\Seen");
            assertThat(program.once().exitCode()).isZero();
            assertThat(sink.requests()).hasSize(1);
        }
    }

    @Test
    void anIdleProgramEndsAtOnce(@TempDir Path directory) {
        String user = "idle@example.com";
        world.append(user, MailWorld.mail("one", "text"));
        Program program = world.program(directory, user).toEml();
        try (RunningProgram running = program.start()) {
            running.awaitThat("the mail arrives", () -> program.delivered().size() == 1);
            running.terminate();
            running.await(Duration.ofSeconds(5));
        }
    }
}
