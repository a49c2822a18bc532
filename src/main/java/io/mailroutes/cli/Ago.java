package io.mailroutes.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A time in few characters, seen from now. */
record Ago(Instant now) {
    /** To the second, in UTC. */
    static String exactly(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** "in 41 min", "3 d ago". */
    String of(Instant time) {
        Duration distance = Duration.between(now, time);
        return distance.isNegative() ? length(distance.negated()) + " ago" : "in " + length(distance);
    }

    private static String length(Duration time) {
        if (time.compareTo(Duration.ofMinutes(2)) < 0) {
            return time.toSeconds() + " s";
        }
        if (time.compareTo(Duration.ofHours(2)) < 0) {
            return time.toMinutes() + " min";
        }
        return time.compareTo(Duration.ofDays(2)) < 0 ? time.toHours() + " h" : time.toDays() + " d";
    }
}
