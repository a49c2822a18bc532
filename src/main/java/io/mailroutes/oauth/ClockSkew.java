package io.mailroutes.oauth;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Compares our clock with the server's, which its answer names in {@code Date} (RFC 9110 section 6.6.1). */
final class ClockSkew {
    /** Less is within what servers forgive, and within the time that an answer travels. */
    private static final Duration FORGIVEN = Duration.ofSeconds(60);

    private ClockSkew() {}

    /** Empty when the clocks agree, or the server does not tell its time. */
    static Optional<String> words(HttpAnswer answer, Clock clock) {
        return answer.date()
                .flatMap(ClockSkew::read)
                .map(theirs -> Duration.between(theirs, clock.instant()))
                .filter(ahead -> ahead.abs().compareTo(FORGIVEN) > 0)
                .map(ahead -> "this machine's clock is " + ahead.abs().toSeconds() + " s "
                        + (ahead.isNegative() ? "behind" : "ahead of") + " the server's");
    }

    private static Optional<Instant> read(String date) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.strip(), Instant::from));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
