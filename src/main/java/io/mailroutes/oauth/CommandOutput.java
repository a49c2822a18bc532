package io.mailroutes.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailroutes.account.Secret;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what a command printed: the token alone on one line, or a JSON object with {@code access_token} and one of
 * {@code expires_in} (seconds), {@code expires_at} (seconds since 1970, or as RFC 3339) and {@code expiry} (RFC 3339).
 */
final class CommandOutput {
    /** A token of unknown age: the program is asked again soon, and most keep the token until its end. */
    static final Duration ASSUMED_LIFE = Duration.ofMinutes(5);

    private static final Duration LONGEST_LIFE = Duration.ofDays(3650);
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");

    private final Attempt attempt;
    private final Instant startedAt;
    private final Clock clock;

    CommandOutput(Attempt attempt, Instant startedAt, Clock clock) {
        this.attempt = attempt;
        this.startedAt = startedAt;
        this.clock = clock;
    }

    AccessToken parse(byte[] output) {
        String text = new String(output, UTF_8).strip();
        if (!text.startsWith("{")) {
            return token(text, startedAt.plus(ASSUMED_LIFE));
        }
        ObjectNode json = StrictJson.object(text.getBytes(UTF_8))
                .orElseThrow(() -> malformed("it begins like JSON, but is not one well-formed object"));
        String value = StrictJson.text(json, "access_token").orElseThrow(() -> malformed("it has no access_token"));
        return token(value, end(json));
    }

    private AccessToken token(String value, Instant end) {
        if (!TOKEN.matcher(value).matches()) {
            throw malformed(
                    value.isEmpty()
                            ? "it printed nothing"
                            : "it printed something else than a token alone, or JSON with access_token");
        }
        if (!clock.instant().isBefore(end)) {
            throw OAuthErrors.classify(attempt, new Failure.NotReady("printed a token that ended at " + end));
        }
        return new AccessToken(Secret.of(value), startedAt, end, Optional.empty());
    }

    private Instant end(ObjectNode json) {
        if (json.hasNonNull("expires_in")) {
            return startedAt.plus(seconds(json.path("expires_in"), "expires_in"));
        }
        if (json.hasNonNull("expires_at")) {
            JsonNode at = json.path("expires_at");
            return at.isNumber() ? capped(seconds(at, "expires_at")) : date(at.asText(), "expires_at");
        }
        return json.hasNonNull("expiry") ? date(json.path("expiry").asText(), "expiry") : startedAt.plus(ASSUMED_LIFE);
    }

    private Duration seconds(JsonNode value, String member) {
        double seconds = value.asDouble(0);
        if (!(seconds >= 1)) {
            throw malformed("its " + member + " is no number of seconds");
        }
        return Duration.ofSeconds(
                (long) Math.min(seconds, member.equals("expires_in") ? LONGEST_LIFE.toSeconds() : 1e12));
    }

    private Instant capped(Duration sinceEpoch) {
        Instant end = Instant.EPOCH.plus(sinceEpoch);
        Instant latest = startedAt.plus(LONGEST_LIFE);
        return end.isAfter(latest) ? latest : end;
    }

    private Instant date(String text, String member) {
        try {
            return capped(Duration.between(Instant.EPOCH, OffsetDateTime.parse(text)));
        } catch (DateTimeException e) {
            throw malformed("its " + member + " is no date such as 2026-11-23T10:00:00Z");
        }
    }

    private OAuthException malformed(String problem) {
        return OAuthErrors.classify(attempt, new Failure.BadOutput(problem));
    }
}
