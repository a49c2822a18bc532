package io.mailroutes.camel.webhook;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}, RFC 9110 section 10.2.3: seconds or a date. */
final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("\\d+");
    private static final int MOST_DIGITS = 9;
    private static final Duration ABSURD = Duration.ofDays(365);

    private RetryAfter() {}

    /** Zero when there is none, when it cannot be read or lies in the past; a year at most. */
    static Duration of(@Nullable String header, Clock clock) {
        String text = header == null ? "" : header.strip();
        if (SECONDS.matcher(text).matches()) {
            return text.length() > MOST_DIGITS ? ABSURD : capped(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return capped(Duration.between(clock.instant(), date.toInstant()));
        } catch (DateTimeException neither) {
            return Duration.ZERO;
        }
    }

    private static Duration capped(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(ABSURD) > 0 ? ABSURD : wait;
    }
}
