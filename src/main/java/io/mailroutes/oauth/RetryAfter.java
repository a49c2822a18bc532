package io.mailroutes.oauth;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code Retry-After} (RFC 9110 section 10.2.3): seconds, or a date, which is by the server's clock and so is
 * compared with the time that the server tells.
 */
final class RetryAfter {
    /** A server must not be able to put an account to sleep for a year. */
    static final Duration LONGEST = Duration.ofHours(1);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    /** Zero when the answer does not say, or nothing that can be read. */
    static Duration of(HttpAnswer answer, Clock clock) {
        return answer.retryAfter()
                .flatMap(value ->
                        read(value.strip(), ClockSkew.serverTime(answer).orElseGet(clock::instant)))
                .orElse(Duration.ZERO);
    }

    private static Optional<Duration> read(String value, Instant now) {
        if (SECONDS.matcher(value).matches()) {
            return Optional.of(capped(Duration.ofSeconds(Long.parseLong(value))));
        }
        try {
            Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
            return Optional.of(capped(Duration.between(now, date)));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Duration capped(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
