package io.mailroutes.camel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The end of threads that may be asking for tokens. */
final class LastRequests {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private LastRequests() {}

    /** Gives requests a second in all; then they are interrupted. */
    static void await(List<ExecutorService> asking) {
        long end = System.nanoTime() + LIMIT.toNanos();
        asking.forEach(ExecutorService::shutdown);
        try {
            for (ExecutorService threads : asking) {
                threads.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            asking.forEach(ExecutorService::shutdownNow);
        }
    }
}
