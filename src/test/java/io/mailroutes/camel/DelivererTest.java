package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.message.Mail;
import io.mailroutes.message.UidSet;
import io.mailroutes.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DelivererTest {
    private final InFlight inFlight = new InFlight(new Signal(), new SettableClock());
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<Long> delivered = new ArrayList<>();
    private final Deliverer one = new Deliverer(this::deliver, inFlight, threads::add, 1);

    /** The mail with UID 2 fails. */
    private void deliver(Mail mail) {
        long uid = mail.key().uid();
        delivered.add(uid);
        if (uid == 2) {
            inFlight.failed(mail, new IllegalStateException("no"));
        } else {
            inFlight.delivered(mail);
        }
    }

    private void queue(Deliverer deliverer, int... uids) {
        for (int uid : uids) {
            deliverer.deliver(TestMails.of(uid, new byte[10]));
        }
    }

    private void runThreads() {
        for (Runnable next = threads.poll(); next != null; next = threads.poll()) {
            next.run();
        }
    }

    @Test
    void oneThreadDeliversAllInTheirOrder() throws Exception {
        queue(one, 1, 3, 4);
        assertThat(threads).hasSize(1);
        assertThat(inFlight.uids().size()).isEqualTo(3);
        runThreads();
        assertThat(delivered).containsExactly(1L, 3L, 4L);
        assertThat(one.awaitFree(Duration.ofDays(1))).isTrue();
    }

    @Test
    void afterAFailureNothingIsBegunUntilItIsJudged() throws Exception {
        queue(one, 1, 2, 3);
        runThreads();
        queue(one, 4);
        one.goOn();
        assertThat(threads).isEmpty();
        assertThat(delivered).containsExactly(1L, 2L);
        assertThat(one.awaitFree(Duration.ofDays(1))).isFalse();
        inFlight.take();
        one.goOn();
        runThreads();
        assertThat(delivered).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void whatIsTakenBackIsNotDeliveredAndNotInFlight() throws Exception {
        queue(one, 1, 3);
        one.takeBack();
        runThreads();
        assertThat(delivered).isEmpty();
        assertThat(inFlight.isEmpty()).isTrue();
        assertThat(inFlight.bytes()).isZero();
        assertThat(one.awaitFree(Duration.ofDays(1))).isTrue();
    }

    @Test
    void whenThereAreNoThreadsAnyMoreTheMailsStayOnTheServer() throws Exception {
        Deliverer stopped = new Deliverer(
                this::deliver,
                inFlight,
                work -> {
                    throw new RejectedExecutionException("stopped");
                },
                1);
        queue(stopped, 1);
        assertThat(inFlight.uids()).isEqualTo(UidSet.EMPTY);
        assertThat(stopped.awaitFree(Duration.ofDays(1))).isTrue();
    }

    @Test
    void aDeliveryThatBreaksOffIsTheMailsFailureAndLeavesItsPlaceToTheNext() throws Exception {
        Deliverer broken = new Deliverer(
                mail -> {
                    throw new IllegalStateException("no room to tell it");
                },
                inFlight,
                task -> {
                    try {
                        task.run();
                    } catch (IllegalStateException e) {
                        return; // as a thread ends by it
                    }
                },
                1);
        queue(broken, 1);
        assertThat(inFlight.take()).hasSize(1).allMatch(Outcome.Failed.class::isInstance);
        assertThat(broken.awaitFree(Duration.ZERO)).isTrue();
        assertThat(inFlight.isEmpty()).isTrue();
    }

    @Test
    void asManyThreadsAsAllowedAreInTheRouteAtTheSameTime() throws Exception {
        CyclicBarrier three = new CyclicBarrier(3);
        ExecutorService pool = Executors.newCachedThreadPool();
        Deliverer many = new Deliverer(
                mail -> {
                    try {
                        three.await(); // passes only when three are here
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    inFlight.delivered(mail);
                },
                inFlight,
                pool,
                3);
        queue(many, 1, 3, 4, 5, 6, 7);
        pool.shutdown();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(many.awaitFree(Duration.ZERO)).isTrue();
        assertThat(inFlight.take()).hasSize(6);
    }

    @Test
    void anInterruptThatARouteLeavesBehindEndsNothing() {
        Deliverer interrupting = new Deliverer(
                mail -> {
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    Thread.currentThread().interrupt();
                    deliver(mail);
                },
                inFlight,
                threads::add,
                1);
        queue(interrupting, 1, 3);
        runThreads();
        assertThat(delivered).containsExactly(1L, 3L);
        assertThat(Thread.interrupted()).isFalse();
    }
}
