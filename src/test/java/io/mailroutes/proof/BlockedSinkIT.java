package io.mailroutes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.NeedsDovecot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A sink that does not answer for 30 s while mail keeps arriving: memory stays bounded, and nothing is lost. */
@NeedsDovecot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlockedSinkIT {
    private static final int BLOCKED_SECONDS = 31;
    private static final int MAILS = 124;
    private static final int SIZE = 500_000;
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

    /** The mails are as many bytes as the heap. */
    @Test
    void whatArrivesMeanwhileIsDeliveredOnceTheSinkAnswers(@TempDir Path directory) throws Exception {
        String user = "blocked@example.com";
        CountDownLatch open = new CountDownLatch(1);
        try (HttpSink sink = new HttpSink().answer(request -> {
            open.await();
            return 200;
        })) {
            Program program = program(directory, user, sink);
            try (RunningProgram running = program.start()) {
                running.awaitWords("LIVE: reading");
                for (int i = 0; i < BLOCKED_SECONDS; i++) {
                    deliver(user, i * 4, 4);
                    assertThat(open.await(1, TimeUnit.SECONDS)).isFalse();
                }
                assertThat(sink.requests()).as("in the route, by concurrency").hasSize(3);
                open.countDown();
                running.awaitThat("all mails are taken", () -> sink.taken().size() >= MAILS);
                running.terminate();
                assertThat(running.await(TEN_SECONDS)).isIn(0, 143);
                assertThat(running.words()).doesNotContain("OutOfMemory");
            }
            assertTakenOnce(sink);
        }
    }

    @Test
    void sigtermEndsItWithinTenSecondsAndAllMailsComeWithTheNextRun(@TempDir Path directory) throws Exception {
        String user = "blocked-and-ended@example.com";
        CountDownLatch ended = new CountDownLatch(1);
        try (HttpSink sink = new HttpSink().answer(request -> {
            ended.await();
            return 503;
        })) {
            Program program = program(directory, user, sink);
            try (RunningProgram running = program.start()) {
                running.awaitWords("LIVE: reading");
                deliver(user, 0, MAILS);
                running.awaitThat("the sink is full", () -> sink.requests().size() == 3);
                running.terminate();
                assertThat(running.await(TEN_SECONDS)).as(running.words()).isIn(0, 143);
            }
            ended.countDown();
            assertThat(sink.taken()).isEmpty();
            sink.answer(request -> 200);
            RunningProgram last = program.once();
            assertThat(last.exitCode()).as(last.words()).isZero();
            assertTakenOnce(sink);
            assertThat(program.deadLetters()).isEmpty();
        }
    }

    private Program program(Path directory, String user, HttpSink sink) {
        return world.program(directory, user)
                .option("-Xmx64m")
                .route(Routes.mailbox("concurrency: 3") + Routes.post(sink.address()));
    }

    private void deliver(String user, int from, int count) {
        world.dovecot()
                .deliverMany(
                        user,
                        MailWorld.INBOX,
                        IntStream.range(from, from + count)
                                .mapToObj(i -> MarkedMail.of("b" + i, "blocked", SIZE, new Random(i))
                                        .raw()));
    }

    private static void assertTakenOnce(HttpSink sink) {
        List<String> taken = sink.taken().stream()
                .map(body -> MarkedMail.whole("a request", body.getBytes(StandardCharsets.ISO_8859_1)))
                .toList();
        assertThat(taken).hasSize(MAILS);
        assertThat(new TreeSet<>(taken)).as("each once").hasSize(MAILS);
    }
}
