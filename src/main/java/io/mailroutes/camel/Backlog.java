package io.mailroutes.camel;

import io.mailroutes.message.UidSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How much of the backlog is delivered at a time, oldest first: about as much as the route takes in some seconds, for
 * new mail is looked for in between.
 */
final class Backlog {
    private static final long FEWEST = 20;
    private static final long FIRST = 250;
    private static final long MOST = 10_000;
    private static final int STEP = 4;
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Clock clock;
    private final SearchWidth width = new SearchWidth();
    private long mails = FIRST;
    private Instant begun = Instant.MIN;
    private boolean hurries;

    Backlog(Clock clock) {
        this.clock = clock;
    }

    /** No new mail is waited for, so nothing is kept waiting. */
    void hurry() {
        hurries = true;
    }

    /** The UIDs to ask for of those that are left, with so many ranges at most. */
    UidSet asked(UidSet left, int ranges) {
        return left.first(width.now()).split(ranges).stream().findFirst().orElse(UidSet.EMPTY);
    }

    /** What to deliver now of these, which were found among so many UIDs. */
    UidSet window(long asked, UidSet found) {
        width.found(asked, found.size());
        Instant now = clock.instant();
        if (!found.isEmpty()) {
            adapt(begun.equals(Instant.MIN) ? LONG : Duration.between(begun, now));
            begun = now;
        }
        return found.first(hurries ? MOST : mails);
    }

    private void adapt(Duration took) {
        if (took.compareTo(LONG) > 0) {
            mails = Math.max(FEWEST, mails / STEP);
        } else if (took.compareTo(SHORT) < 0) {
            mails = Math.min(MOST, mails * STEP);
        }
    }
}
