package io.mailroutes.camel;

import java.time.Duration;
import java.util.List;

/**
 * How long a failed mail waits before it is tried again.
 *
 * @param pauses after the first, second, ... failure; the last one counts for all that follow
 */
record AttemptPolicy(List<Duration> pauses) {
    /** A person has time to repair what is wrong before the fifth attempt: 5 s, 30 s, 2 min, 10 min. */
    static final AttemptPolicy CONTINUOUS = new AttemptPolicy(
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10)));

    AttemptPolicy {
        pauses = List.copyOf(pauses);
    }

    /** All attempts of a mail within 20 s, so that {@code --once} ends: the contract says 30 s. */
    static AttemptPolicy once(int maximumAttempts) {
        Duration even = Duration.ofSeconds(20).dividedBy(Math.max(1, maximumAttempts - 1));
        Duration longest = Duration.ofSeconds(1);
        return new AttemptPolicy(List.of(even.compareTo(longest) < 0 ? even : longest));
    }

    /** @param failures how many attempts have failed, at least one */
    Duration pause(int failures) {
        return pauses.get(Math.min(failures, pauses.size()) - 1);
    }
}
