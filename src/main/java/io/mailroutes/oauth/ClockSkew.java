package io.mailroutes.oauth;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Compares our clock with the server's, which its answer names in {@code Date} (RFC 9110 section 6.6.1). */
final class ClockSkew {
    /**
     * Less is within the time that an answer travels (15 s at most here), and within the leeway that servers give the
     * times in an assertion: "no more than a few minutes" (RFC 7519 section 4.1.4), 60 s in the libraries seen.
     */
    static final Duration FORGIVEN = Duration.ofSeconds(60);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private ClockSkew() {}

    /** How far our clock is ahead, negative when it is behind; empty when the clocks agree, or the server tells no time. */
    static Optional<Duration> of(HttpAnswer answer, Clock clock) {
        return serverTime(answer)
                .map(theirs -> Duration.between(theirs, clock.instant()))
                .filter(ahead -> ahead.abs().compareTo(FORGIVEN) > 0);
    }

    /** What time it is at the server. A cache hands on the old {@code Date} and says its {@code Age} (RFC 9111, 5.1). */
    static Optional<Instant> serverTime(HttpAnswer answer) {
        Duration age = answer.age()
                .map(String::strip)
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
        return answer.date().flatMap(ClockSkew::read).map(date -> date.plus(age));
    }

    /** {@code 12 minutes behind}, {@code 3 hours ahead of}: what stands between the two clocks in a sentence. */
    static String words(Duration ahead) {
        return amount(ahead.abs()) + (ahead.isNegative() ? " behind" : " ahead of");
    }

    /** {@code 90 seconds}, {@code 12 minutes}: as exact as a person needs it. */
    static String amount(Duration skew) {
        if (skew.toMinutes() < 3) {
            return skew.toSeconds() + " seconds";
        }
        if (skew.toHours() < 3) {
            return skew.toMinutes() + " minutes";
        }
        return skew.toDays() < 3 ? skew.toHours() + " hours" : skew.toDays() + " days";
    }

    private static Optional<Instant> read(String date) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.strip(), Instant::from));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
