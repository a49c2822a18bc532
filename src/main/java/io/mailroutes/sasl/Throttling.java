package io.mailroutes.sasl;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that says it is busy, in the words of Gmail, Exchange and RFC 5530. Exchange says it with BAD as well as
 * with NO, and during login as well as later, so the words decide and not the kind of answer.
 *
 * @param retryAfter what the server asked for, at most five minutes; zero when it named no time
 */
public record Throttling(Duration retryAfter) {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Pattern BACK_OFF =
            Pattern.compile("suggested backoff time: *([0-9]{1,12}) *(milliseconds|seconds)?");
    private static final List<String> WORDS = List.of(
            "[limit]",
            "[unavailable]",
            "[overquota]",
            "[inuse]",
            "[serverbug]",
            "too many simultaneous connections",
            "too many connections",
            "maximum number of connections",
            "request is throttled",
            "suggested backoff time",
            "server unavailable",
            "server busy",
            "bandwidth limits",
            "try again later",
            "temporary system problem",
            "temporary authentication failure");

    /** Empty when the text says nothing of the kind. */
    public static Optional<Throttling> in(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (WORDS.stream().noneMatch(lower::contains)) {
            return Optional.empty();
        }
        Matcher matcher = BACK_OFF.matcher(lower);
        if (!matcher.find()) {
            // "Server Unavailable. 15" and "Connection closed. 14" end in an error number, not in a time.
            return Optional.of(new Throttling(Duration.ZERO));
        }
        long number = Long.parseLong(matcher.group(1));
        Duration asked = "seconds".equals(matcher.group(2)) ? Duration.ofSeconds(number) : Duration.ofMillis(number);
        return Optional.of(new Throttling(asked.compareTo(LONGEST) > 0 ? LONGEST : asked));
    }
}
