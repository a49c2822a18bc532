package io.mailroutes.token;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to leave a server alone after failures: 2 s doubled each time up to 60 s, of which between half and all is
 * taken at random, so that many accounts do not come back at once.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int MOST_DOUBLINGS = 5;

    private final DoubleSupplier random;

    /** @param random from 0 up to 1 */
    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * @param failures in a row, 1 for the first
     * @param asked what the server asked for: never less than that, and up to a tenth more
     */
    Duration after(int failures, Duration asked) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        Duration own = scaled(doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST, 0.5 + random.getAsDouble() / 2);
        Duration theirs = scaled(asked, 1 + random.getAsDouble() / 10);
        return own.compareTo(theirs) > 0 ? own : theirs;
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofMillis((long) (duration.toMillis() * factor));
    }
}
