package io.mailroutes.camel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long the loop of a folder waits: until the next poll, or less when a failed mail is due. */
final class Pacing {
    private final Clock clock;
    private final Duration delay;

    Pacing(Clock clock, Duration delay) {
        this.clock = clock;
        this.delay = delay;
    }

    Duration untilNextPoll(Optional<Instant> nextDue) {
        return nextDue.map(this::until).filter(due -> due.compareTo(delay) < 0).orElse(delay);
    }

    private Duration until(Instant due) {
        Duration left = Duration.between(clock.instant(), due);
        return left.isNegative() ? Duration.ZERO : left.plusMillis(1);
    }
}
