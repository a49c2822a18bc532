package io.mailroutes.token;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread work and all who come meanwhile share its result, failures included. Nothing is kept once it is
 * over, and no lock is held while the work runs.
 */
final class SingleFlight<T> {
    /** The work; it gives up when it is interrupted. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws InterruptedException;
    }

    private final AtomicReference<@Nullable CompletableFuture<T>> current = new AtomicReference<>();

    /**
     * Runs the work on this thread, or waits for the one that runs it already.
     *
     * @throws InterruptedException when this thread is interrupted; a thread that waits takes over from an interrupted one
     */
    T join(Work<T> work) throws InterruptedException {
        while (true) {
            CompletableFuture<T> mine = new CompletableFuture<>();
            CompletableFuture<T> running = current.compareAndExchange(null, mine);
            if (running == null) {
                return lead(mine, work);
            }
            try {
                return running.get();
            } catch (CancellationException leaderInterrupted) {
                Thread.onSpinWait(); // Its work was given up, not done: try to take over.
            } catch (ExecutionException e) {
                throw unchecked(e.getCause());
            }
        }
    }

    private T lead(CompletableFuture<T> mine, Work<T> work) throws InterruptedException {
        try {
            T result = work.run();
            land(mine);
            mine.complete(result);
            return result;
        } catch (InterruptedException e) {
            land(mine);
            mine.cancel(false);
            throw e;
        } catch (RuntimeException | Error e) {
            land(mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** Before the result is told, so that who asks again after it starts a new flight. */
    private void land(CompletableFuture<T> mine) {
        current.compareAndSet(mine, null);
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure
                ? failure
                : new IllegalStateException("the work failed", cause);
    }
}
