package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.message.Mail;
import io.mailroutes.sandbox.SandboxMailServer;
import io.mailroutes.testing.Await;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole routes on an IMAP server in memory. */
@Timeout(90)
class MailboxRouteTest {
    private static final Set<String> SEEN = Set.of("\\Seen");

    @TempDir
    Path data;

    private final SandboxMailServer server = MailboxHost.server();
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void onceDeliversWhatIsThereFlagsItAndEnds() throws Exception {
        MailboxHost.append(server, "a", "b", "c");
        try (MailboxHost host = once("mailbox:box")) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(arrived).containsExactly("a", "b", "c");
            assertSeen(host, 3);
        }
    }

    @Test
    void onceEndsAtOnceWhenTheFolderIsEmpty() throws Exception {
        try (MailboxHost host = once("mailbox:box")) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
        }
    }

    @Test
    void onceTakesAllInSpiteOfMaxMessagesPerPoll() throws Exception {
        MailboxHost.append(server, "a", "b", "c");
        try (MailboxHost host = once("mailbox:box?maxMessagesPerPoll=1&delay=3600000")) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(arrived).containsExactly("a", "b", "c");
        }
    }

    @Test
    void onceWaitsForMailsThatWereHandedOver() throws Exception {
        MailboxHost.append(server, "a", "b");
        CountDownLatch handedOver = new CountDownLatch(2);
        try (MailboxHost host = host(RunMode.ONCE)) {
            host.start(builder -> {
                builder.from("mailbox:box").to("seda:later").process(e -> handedOver.countDown());
                builder.from("seda:later").process(exchange -> {
                    handedOver.await();
                    arrived.add(subject(exchange));
                });
            });
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(arrived).containsExactly("a", "b");
            assertSeen(host, 2);
        }
    }

    @Test
    void aFailureAfterSedaIsTheMailsFailureAndItIsTriedAgain() throws Exception {
        MailboxHost.append(server, "a");
        AtomicInteger attempts = new AtomicInteger();
        try (MailboxHost host = host(RunMode.ONCE)) {
            host.start(builder -> {
                builder.from("mailbox:box?maximumAttempts=2").to("seda:later");
                builder.from("seda:later").process(exchange -> {
                    attempts.incrementAndGet();
                    throw new IllegalArgumentException("no");
                });
            });
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(attempts).hasValue(2);
            assertThat(host.status().deadLettered()).isEqualTo(1);
            assertThat(deadLetters()).hasSize(1);
            assertSeen(host, 1);
        }
    }

    @Test
    void aStepThatFailsAfterSedaFailsTheMailAlthoughWhatWasHandedOverIsDone() throws Exception {
        MailboxHost.append(server, "a");
        CountDownLatch done = new CountDownLatch(1);
        try (MailboxHost host = host(RunMode.ONCE)) {
            host.start(builder -> {
                builder.from("mailbox:box?maximumAttempts=1").to("seda:later").process(exchange -> {
                    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
                    throw new IllegalArgumentException("the second sink refuses");
                });
                builder.from("seda:later")
                        .onCompletion()
                        .process(e -> done.countDown())
                        .end()
                        .process(e -> {});
            });
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(host.status().delivered()).isZero();
            assertThat(deadLetters()).hasSize(1);
        }
    }

    @Test
    void aRollbackWithoutAnExceptionIsNoDelivery() throws Exception {
        MailboxHost.append(server, "a");
        try (MailboxHost host = host(RunMode.ONCE)) {
            host.start(builder -> builder.from("mailbox:box?maximumAttempts=1").markRollbackOnly());
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(host.status().delivered()).isZero();
            assertThat(deadLetters()).hasSize(1);
        }
    }

    @Test
    void fourAtATimeAreAllDeliveredOnceAndOnlyTheFailingOneIsDead() throws Exception {
        MailboxHost.append(server, IntStream.range(0, 40).mapToObj(i -> "m" + i).toArray(String[]::new));
        CountDownLatch together = new CountDownLatch(4);
        try (MailboxHost host = host(RunMode.ONCE)) {
            host.start(builder -> builder.from("mailbox:box?concurrency=4&maximumAttempts=2")
                    .process(exchange -> {
                        together.countDown();
                        together.await();
                        if (subject(exchange).equals("m7")) {
                            throw new IllegalArgumentException("no");
                        }
                        arrived.add(subject(exchange));
                    }));
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(arrived).hasSize(39).doesNotHaveDuplicates().doesNotContain("m7");
            assertThat(deadLetters()).hasSize(1);
            assertSeen(host, 40);
        }
    }

    @Test
    void errorsAndInterruptsOfARouteDoNotEndTheLoop() throws Exception {
        MailboxHost.append(server, "a", "b", "c");
        try (MailboxHost host = host(RunMode.ONCE)) {
            host.start(builder -> builder.from("mailbox:box?maximumAttempts=1").process(exchange -> {
                arrived.add(subject(exchange));
                if (subject(exchange).equals("a")) {
                    throw new StackOverflowError("deep");
                }
                Thread.currentThread().interrupt();
            }));
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(arrived).containsExactly("a", "b", "c");
            assertThat(deadLetters()).hasSize(1);
        }
    }

    @Test
    void aSinkThatIsDownIsNotHammeredAndOneMailAtATimeIsTried() throws Exception {
        MailboxHost.append(server, "a", "b", "c");
        AtomicInteger tries = new AtomicInteger();
        AtomicBoolean up = new AtomicBoolean();
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from("mailbox:box?delay=100&maximumAttempts=1")
                    .process(exchange -> {
                        tries.incrementAndGet();
                        if (!up.get()) {
                            throw new ConnectException("refused");
                        }
                        arrived.add(subject(exchange));
                    }));
            Await.until("the third try", () -> tries.get() >= 3);
            assertThat(host.status().state()).isEqualTo(MailboxState.SINK_DOWN);
            assertThat(Duration.between(host.status().since(), java.time.Instant.now()))
                    .isGreaterThan(Duration.ofMillis(1400)); // two pauses of at least 0.5 s and 1 s
            up.set(true);
            Await.until("all arrive", () -> arrived.size() == 3);
            Await.until("the state is LIVE", () -> host.status().state() == MailboxState.LIVE);
            assertThat(deadLetters()).isEmpty();
        }
    }

    @Test
    void whenTheSinkIsBackAMailThatBreaksItDoesNotKeepTheOthers() throws Exception {
        MailboxHost.append(server, "poison", "b", "c");
        AtomicInteger tries = new AtomicInteger();
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from("mailbox:box?delay=100").process(exchange -> {
                if (tries.incrementAndGet() <= 3 || subject(exchange).equals("poison")) {
                    throw new ConnectException("refused"); // each of the three is a suspect then
                }
                arrived.add(subject(exchange));
            }));
            Await.until("the others arrive", () -> arrived.size() == 2);
        }
    }

    @Test
    void aHandedOverMailWhoseSinkIsDownIsNotHammeredEither() throws Exception {
        MailboxHost.append(server, "a");
        AtomicInteger tries = new AtomicInteger();
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> {
                builder.from("mailbox:box?delay=100").to("seda:later");
                builder.from("seda:later").process(exchange -> {
                    tries.incrementAndGet();
                    throw new ConnectException("refused");
                });
            });
            Await.until("SINK_DOWN", () -> host.status().state() == MailboxState.SINK_DOWN);
            java.time.Instant down = host.status().since();
            int before = tries.get();
            Await.until("two more tries", () -> tries.get() >= before + 2);
            assertThat(Duration.between(down, java.time.Instant.now())).isGreaterThan(Duration.ofMillis(1400));
        }
    }

    @Test
    void aFullSedaQueueCostsNoAttempt() throws Exception {
        MailboxHost.append(server, "a", "b", "c", "d", "e");
        CountDownLatch full = new CountDownLatch(1);
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> {
                builder.from("mailbox:box?delay=100&maximumAttempts=1").to("seda:small?size=1");
                builder.from("seda:small?size=1").process(exchange -> {
                    full.await();
                    arrived.add(subject(exchange));
                });
            });
            Await.until("SINK_DOWN", () -> host.status().state() == MailboxState.SINK_DOWN);
            full.countDown();
            Await.until("all arrive", () -> arrived.size() == 5);
            assertThat(deadLetters()).isEmpty();
        }
    }

    @Test
    void aStoppedRouteLeavesTheMailInProgressAndAStartedOneGoesOn() throws Exception {
        MailboxHost.append(server, "a");
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from("mailbox:box?delay=100")
                    .routeId("r")
                    .process(exchange -> arrived.add(subject(exchange))));
            Await.until("the first", () -> arrived.size() == 1);
            for (int i = 0; i < 3; i++) {
                host.context().getRouteController().stopRoute("r");
                host.context().getRouteController().startRoute("r");
            }
            MailboxHost.append(server, "b");
            Await.until("the second", () -> arrived.size() == 2);
            Await.until("it is counted", () -> host.status().delivered() == 2);
            assertThat(host.installation().watched()).hasSize(1);
            assertThat(arrived).containsExactly("a", "b");
        }
    }

    @Test
    void stoppingWaitsForAMailThatWasHandedOverAndRecordsIt() throws Exception {
        MailboxHost.append(server, "a");
        CountDownLatch inSeda = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> {
                builder.from("mailbox:box?delay=100").routeId("r").to("seda:later");
                builder.from("seda:later").process(exchange -> {
                    inSeda.countDown();
                    release.await();
                    arrived.add(subject(exchange));
                });
            });
            inSeda.await();
            Thread stopper = new Thread(() -> {
                try {
                    host.context().getRouteController().stopRoute("r");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            stopper.start();
            release.countDown();
            stopper.join();
            assertThat(host.status().delivered()).isEqualTo(1);
            assertSeen(host, 1);
        }
    }

    @Test
    void severalStuckRoutesDoNotAddUpWhenTheContextStops() throws Exception {
        MailboxHost.append(server, "a");
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        MailboxHost host = host(RunMode.CONTINUOUS);
        try (java.net.ServerSocket silent =
                new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
            Path second = data.resolve("second");
            try (MailboxHost silentHost = new MailboxHost(silent.getLocalPort(), second, RunMode.CONTINUOUS)) {
                silentHost.start(builder -> {
                    for (String folder : List.of("A", "B", "C", "D")) {
                        builder.from("mailbox:box?folderName=" + folder).to("mock:x");
                    }
                });
                host.start(builder -> builder.from("mailbox:box").process(exchange -> {
                    stuck.countDown();
                    never.await();
                }));
                stuck.await();
                assertThat(timeOf(silentHost::close)).isLessThan(Duration.ofSeconds(6));
                assertThat(timeOf(host::close)).isLessThan(Duration.ofSeconds(10));
            }
        } finally {
            never.countDown();
        }
    }

    @Test
    void unseenDeliversAgainWhatIsUnreadButNotWhatItDelivered() throws Exception {
        MailboxHost.append(server, "a", "b");
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from("mailbox:box?select=unseen&delay=50&onDelivered=delete")
                    .process(exchange -> arrived.add(subject(exchange))));
            Await.until("both", () -> arrived.size() == 2);
            MailboxHost.append(server, "c");
            Await.until("the third", () -> arrived.size() >= 3);
            assertThat(arrived).containsExactly("a", "b", "c");
        }
    }

    @Test
    void twoRoutesOnOneFolderAreRefusedInWordsAndTheClaimIsFreeAfterwards() throws Exception {
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from("mailbox:box").routeId("one").to("mock:a"));
            assertThatThrownBy(() -> host.start(builder -> builder.from("mailbox:box?folderName=inbox")
                            .routeId("two")
                            .to("mock:b")))
                    .hasStackTraceContaining("one and two")
                    .hasStackTraceContaining("multicast");
            host.context().getRouteController().stopRoute("one");
            host.context().getRouteController().startRoute("two");
        }
    }

    @Test
    void twoContextsInOneJvmHaveNothingInCommon() throws Exception {
        MailboxHost.append(server, "a");
        try (MailboxHost first = host(RunMode.ONCE);
                MailboxHost second = new MailboxHost(server.imapPort(), data.resolve("other"), RunMode.ONCE)) {
            first.start(builder -> builder.from("mailbox:box?onDelivered=none").to("mock:a"));
            second.start(builder -> builder.from("mailbox:box?onDelivered=none").to("mock:b"));
            assertThat(first.result()).isEqualTo(LoopResult.DONE);
            assertThat(second.result()).isEqualTo(LoopResult.DONE);
            assertThat(first.status().delivered()).isEqualTo(1);
            assertThat(second.status().delivered()).isEqualTo(1);
            assertThat(first.flags().get(1L)).doesNotContain("\\Seen");
        }
    }

    private MailboxHost host(RunMode mode) {
        return new MailboxHost(server.imapPort(), data.resolve("data"), mode);
    }

    private MailboxHost once(String uri) throws Exception {
        return host(RunMode.ONCE)
                .start(builder -> builder.from(uri).process(exchange -> arrived.add(subject(exchange))));
    }

    private static String subject(Exchange exchange) {
        return exchange.getMessage().getBody(Mail.class).envelope().subject().orElseThrow();
    }

    private List<Path> deadLetters() throws IOException {
        Path letters = data.resolve("data").resolve("dead-letters").resolve("box");
        try (Stream<Path> found = Files.exists(letters) ? Files.list(letters) : Stream.of()) {
            return found.toList();
        }
    }

    private static void assertSeen(MailboxHost host, int mails) {
        assertThat(host.flags().values()).hasSize(mails).allMatch(flags -> flags.containsAll(SEEN));
    }

    private static Duration timeOf(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
