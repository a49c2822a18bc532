package io.mailroutes.camel.queue;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts this thread when it has waited too long for a broker without any progress. Clients have time limits of their
 * own, but none for a broker that lets a sender wait for room, and those of AMQP clients differ.
 */
final class JmsDeadline implements AutoCloseable {
    private final ScheduledExecutorService watch;
    private final long limitNanos;
    private final Thread waiting = Thread.currentThread();
    private long lastProgress = System.nanoTime();
    private boolean ended;
    private boolean passed;

    private JmsDeadline(ScheduledExecutorService watch, Duration limit) {
        this.watch = watch;
        this.limitNanos = limit.toNanos();
    }

    static JmsDeadline begin(ScheduledExecutorService watch, Duration limit) {
        JmsDeadline deadline = new JmsDeadline(watch, limit);
        deadline.lookIn(limit.toNanos());
        return deadline;
    }

    /** Something went on: the time begins anew. */
    synchronized void progress() {
        lastProgress = System.nanoTime();
    }

    synchronized boolean hasPassed() {
        return passed;
    }

    private void lookIn(long nanos) {
        try {
            watch.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopping) {
            waiting.interrupt(); // nobody would watch any more
        }
    }

    private synchronized void look() {
        if (ended) {
            return;
        }
        long left = limitNanos - (System.nanoTime() - lastProgress);
        if (left > 0) {
            lookIn(left);
        } else {
            passed = true;
            waiting.interrupt();
        }
    }

    /** From now on nothing interrupts, and an interruption of ours that came too late is taken back. */
    @Override
    public synchronized void close() {
        ended = true;
        if (passed) {
            Thread.interrupted();
        }
    }
}
