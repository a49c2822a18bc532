package io.mailroutes.camel;

import io.mailroutes.message.Mail;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends mails through the route, on threads that are there only while there is mail: the loop goes on reading from the
 * server meanwhile. After a failure no further mail is begun until the loop has judged it, for when the sink is down
 * the others must not be tried on it.
 */
final class Deliverer {
    private final Delivery delivery;
    private final InFlight inFlight;
    private final Executor threads;
    private final int concurrency;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Queue<Mail> queue = new ArrayDeque<>();
    private int working;

    /** @param concurrency how many threads may be in the route at the same time */
    Deliverer(Delivery delivery, InFlight inFlight, Executor threads, int concurrency) {
        this.delivery = delivery;
        this.inFlight = inFlight;
        this.threads = threads;
        this.concurrency = concurrency;
    }

    /** One mail through the route; tells {@link InFlight} the outcome and never throws for what the route does. */
    @FunctionalInterface
    interface Delivery {
        void deliver(Mail mail);
    }

    /** Queues the mail, which is in flight from now on. */
    void deliver(Mail mail) {
        lock.lock();
        try {
            inFlight.add(mail);
            queue.add(mail);
        } finally {
            lock.unlock();
        }
        goOn();
    }

    /** To be called when the failures so far are judged. */
    void goOn() {
        lock.lock();
        try {
            for (int mails = queue.size(); mails > 0 && working < concurrency && !inFlight.hasFailure(); mails--) {
                working++;
                start();
            }
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        boolean started = false;
        try {
            threads.execute(this::work);
            started = true;
        } catch (RejectedExecutionException e) {
            // The threads have ended because the route is being stopped: the mails stay on the server.
            takeBack();
        } finally {
            if (!started) {
                working--;
            }
        }
    }

    /** Mails that nobody has begun to deliver are in flight no more. */
    void takeBack() {
        List<Mail> unbegun;
        lock.lock();
        try {
            unbegun = new ArrayList<>(queue);
            queue.clear();
        } finally {
            lock.unlock();
        }
        unbegun.forEach(mail -> {
            inFlight.remove(mail);
            mail.raw().discard();
        });
    }

    /**
     * Waits until no mail is queued and a thread of ours is free for the next; other mails may still be in flight.
     *
     * @return whether that was so in time
     */
    boolean awaitFree(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (working >= concurrency || !queue.isEmpty()) {
                if (left <= 0 || working == 0) {
                    return false;
                }
                left = ended.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        boolean through = false;
        try {
            for (Mail mail = next(); mail != null; mail = next()) {
                deliverOne(mail);
                // A step of the route may have left an interrupt behind, which the next mail must not find.
                boolean ignored = Thread.interrupted();
            }
            through = true;
        } finally {
            if (!through) {
                leave();
            }
        }
    }

    /** What is not the route's failure, such as no memory to tell it, must not leave the mail in flight for ever. */
    private void deliverOne(Mail mail) {
        boolean told = false;
        try {
            delivery.deliver(mail);
            told = true;
        } finally {
            if (!told) {
                inFlight.failed(mail, new IllegalStateException("its delivery ended without an outcome"));
            }
        }
    }

    private void leave() {
        lock.lock();
        try {
            working--;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether as many mails are in the route, on threads of ours, as may be. */
    boolean isFull() {
        lock.lock();
        try {
            return working >= concurrency;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Mail next() {
        lock.lock();
        try {
            Mail next = inFlight.hasFailure() ? null : queue.poll();
            if (next == null) {
                leave();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
