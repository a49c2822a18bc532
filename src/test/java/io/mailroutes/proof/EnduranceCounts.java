package io.mailroutes.proof;

import java.time.Duration;
import java.util.Locale;

/**
 * What became of the mails of one round, or of all.
 *
 * @param amidst deliveries before the last, quiet run
 * @param removed by the other client before they were fetched whole
 * @param removedAfter by the other client after a FETCH, which a kill or a cut made worthless
 * @param again deliveries of a mail that had been delivered, with the same key
 */
record EnduranceCounts(
        String round,
        int mails,
        int delivered,
        int amidst,
        int letters,
        int removed,
        int removedAfter,
        int again,
        int kills,
        int cuts,
        int cutsInLiterals,
        Duration took) {
    static final String HEAD = String.format(
            Locale.ROOT,
            "%-36s %6s %9s %6s %7s %7s %12s %5s %5s %5s %10s %4s",
            "round (concurrency, onDelivered)",
            "mails",
            "delivered",
            "amidst",
            "letters",
            "removed",
            "removedAfter",
            "again",
            "kills",
            "cuts",
            "inLiterals",
            "s");

    EnduranceCounts plus(EnduranceCounts other) {
        return new EnduranceCounts(
                round,
                mails + other.mails,
                delivered + other.delivered,
                amidst + other.amidst,
                letters + other.letters,
                removed + other.removed,
                removedAfter + other.removedAfter,
                again + other.again,
                kills + other.kills,
                cuts + other.cuts,
                cutsInLiterals + other.cutsInLiterals,
                took.plus(other.took));
    }

    static EnduranceCounts none(String name) {
        return new EnduranceCounts(name, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO);
    }

    /** One line below {@link #HEAD}. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%-36s %6d %9d %6d %7d %7d %12d %5d %5d %5d %10d %4d",
                round,
                mails,
                delivered,
                amidst,
                letters,
                removed,
                removedAfter,
                again,
                kills,
                cuts,
                cutsInLiterals,
                took.toSeconds());
    }
}
