package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which mails a whole route gets, and what becomes of them. */
@Timeout(90)
class MailboxRouteTest extends MailboxRoutes {
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
}
