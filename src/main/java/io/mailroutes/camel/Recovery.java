package io.mailroutes.camel;

import io.mailroutes.camel.Trouble.Nature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * From one connection that failed to the next: how long to wait, and when what was hoped to pass has to be called
 * lasting. A connection that proved itself, by its age or by a mail, makes good what failed before it.
 */
final class Recovery {
    /** While a person has to act: often enough to notice that they have, and without any network for a dead token. */
    private static final Duration FIRST_LASTING = Duration.ofSeconds(30);

    private static final Duration LONGEST_LASTING = Duration.ofMinutes(10);

    /** Both have to be over: an overload of Exchange passes sooner. */
    private static final int UNOPENED = 5;

    private static final Duration UNOPENED_FOR = Duration.ofMinutes(15);

    /** A session's begin, and how many mails were delivered then. */
    private record Begin(Instant at, long delivered) {}

    private final Clock clock;
    private final Duration proven;
    private final Backoff passing;
    private final Backoff lasting;
    private Optional<Begin> session = Optional.empty();
    private Optional<Instant> unopenedSince = Optional.empty();
    private int unopened;

    /** @param longest pause for what passes */
    Recovery(Clock clock, Duration proven, Duration longest, RandomGenerator random) {
        this.clock = clock;
        this.proven = proven;
        this.passing = new Backoff(Duration.ofSeconds(1), longest, random);
        this.lasting = new Backoff(FIRST_LASTING, LONGEST_LASTING, random);
    }

    /** The folder is open: the mailbox is well, though the connection has still to prove itself. */
    void live(long delivered) {
        session = Optional.of(new Begin(clock.instant(), delivered));
        lasting.reset();
        unopened = 0;
        unopenedSince = Optional.empty();
    }

    /**
     * What this failure means after those before it.
     *
     * @param delivered how many mails are by now
     */
    Trouble judge(Throwable failure, long delivered) {
        boolean wasProven = session.filter(begin -> begin.delivered() < delivered
                        || !clock.instant().isBefore(begin.at().plus(proven)))
                .isPresent();
        session = Optional.empty();
        if (wasProven) {
            passing.reset();
        }
        Trouble trouble = Trouble.of(failure);
        return switch (trouble.nature()) {
            // A server that ends each session at once must not be run against.
            case RECYCLED -> wasProven ? trouble : trouble.as(Nature.PASSING);
            case UNOPENED -> stillUnopened(trouble);
            default -> trouble;
        };
    }

    private Trouble stillUnopened(Trouble trouble) {
        Instant since = unopenedSince.orElseGet(clock::instant);
        unopenedSince = Optional.of(since);
        unopened++;
        Duration so = Duration.between(since, clock.instant());
        return unopened < UNOPENED || so.compareTo(UNOPENED_FOR) < 0
                ? trouble
                : trouble.broken(" It has been so " + unopened + " times in " + so.toMinutes()
                        + " min, which is no overload any more: the configuration is wrong");
    }

    /** How long to wait before the next connection. */
    Duration pause(Trouble trouble) {
        return switch (trouble.nature()) {
            case RECYCLED -> Duration.ZERO;
            case PASSING -> passing.next(trouble.least());
            case UNOPENED, LASTING -> lasting.next(trouble.least());
        };
    }
}
