package io.mailroutes.bench;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The wall clock, which alone can be compared with the times that the kernel gives to files. */
final class Clocks {
    private static final Clock WALL = Clock.systemUTC();

    private Clocks() {}

    static Instant now() {
        return WALL.instant();
    }

    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
