package io.mailroutes.camel;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Wakes a waiting loop; a signal raised while nobody waits ends the next wait at once. */
final class Signal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private boolean pending;
    private @Nullable Runnable waker;

    void raise() {
        Runnable wake;
        lock.lock();
        try {
            pending = true;
            raised.signalAll();
            wake = waker;
        } finally {
            lock.unlock();
        }
        if (wake != null) {
            wake.run();
        }
    }

    /**
     * Waits for something else than the signal, and for the signal too.
     *
     * @param wait not called when the signal was raised while nobody waited
     * @param wake ends the wait, from any thread, perhaps before it has begun or after its end
     * @return whether the signal was raised
     */
    boolean await(Runnable wait, Runnable wake) {
        if (takePending(wake)) {
            return true;
        }
        try {
            wait.run();
        } finally {
            forgetWaker();
        }
        return takePending(null);
    }

    /** The signal itself stays for whoever waits next: a wait that failed must not swallow it. */
    private void forgetWaker() {
        lock.lock();
        try {
            waker = null;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the signal; when there is none, the next one wakes by this. */
    private boolean takePending(@Nullable Runnable wake) {
        lock.lock();
        try {
            boolean was = pending;
            pending = false;
            waker = was ? null : wake;
            return was;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the signal is raised or the time is over.
     *
     * @return whether it was raised
     */
    boolean await(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.NANOSECONDS.convert(atMost); // toNanos() throws for more than 292 years
            while (!pending && left > 0) {
                left = raised.awaitNanos(left);
            }
            boolean was = pending;
            pending = false;
            return was;
        } finally {
            lock.unlock();
        }
    }
}
