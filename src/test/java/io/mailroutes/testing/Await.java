package io.mailroutes.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another process or thread does, where nothing can be waited on; always with a deadline. */
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Await() {}

    /** A condition that may fail while it is not yet true. */
    @FunctionalInterface
    public interface Condition {
        boolean isTrue() throws Exception;
    }

    /** Waits up to 20 s. */
    public static void until(String what, Condition condition) {
        until(what, Duration.ofSeconds(20), condition);
    }

    /** @throws AssertionError naming {@code what} when the time is over */
    public static void until(String what, Duration limit, Condition condition) {
        long start = System.nanoTime();
        while (!holds(what, condition)) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean holds(String what, Condition condition) {
        try {
            return condition.isTrue();
        } catch (Exception e) {
            throw new AssertionError("failed while waiting for: " + what, e);
        }
    }
}
