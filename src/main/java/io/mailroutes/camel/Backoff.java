package io.mailroutes.camel;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses that double up to a limit, each shortened by up to a half at random so that many do not wake together. */
public final class Backoff {
    private static final Duration MOST_ASKED = Duration.ofHours(1);

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private int failures;

    /**
     * @param first the first pause, before it is shortened
     * @param longest no pause is longer, unless somebody asks for it
     */
    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /** The next pause, at least {@code least}; nobody makes us wait for more than an hour. */
    public Duration next(Duration least) {
        Duration full = first.multipliedBy(1L << Math.min(failures, 20));
        failures++;
        Duration capped = full.compareTo(longest) > 0 ? longest : full;
        Duration jittered =
                Duration.ofMillis(Math.max(1, (long) (capped.toMillis() * (0.5 + random.nextDouble() / 2))));
        Duration asked = least.compareTo(MOST_ASKED) < 0 ? least : MOST_ASKED;
        return jittered.compareTo(asked) < 0 ? asked : jittered;
    }

    void reset() {
        failures = 0;
    }
}
