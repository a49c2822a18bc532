package io.mailroutes.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailroutes.account.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the answer of a token endpoint (RFC 6749 section 5.1) and believes nothing that it has not checked. */
final class TokenResponseParser {
    /** For a server that does not say: no longer than the usual hour, so that it is asked again in time. */
    static final Duration ASSUMED_LIFE = Duration.ofHours(1);
    /** Keeps the arithmetic of instants safe from absurd answers; no known provider comes near (Yandex: one year). */
    private static final Duration LONGEST_LIFE = Duration.ofDays(3650);
    /** RFC 6749 appendix A.12 without the space: anything else could add fields of its own to a SASL message. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");

    private final Attempt attempt;

    TokenResponseParser(Attempt attempt) {
        this.attempt = attempt;
    }

    /**
     * A wrong clock does no harm here: {@code expires_in} is a length of time (RFC 6749 section 5.1), counted and later
     * compared by our own clock alone. When that clock jumps ahead the token is replaced too early; when it jumps back the
     * token is offered too long, until the mail server refuses it and a new one is asked for.
     *
     * @param sentAt when the request left, by our clock: life is counted from there, so that it errs on the short side
     */
    TokenResponse parse(HttpAnswer answer, Grant grant, RequestedScope asked, Instant sentAt) {
        ObjectNode body = body(answer);
        String type = StrictJson.text(body, "token_type").orElseThrow(() -> malformed("it has no token_type"));
        if (!type.equalsIgnoreCase("Bearer")) {
            throw malformed("its token_type is " + type + " and not Bearer");
        }
        Optional<String> scope = StrictJson.text(body, "scope");
        scope.flatMap(asked::missingFrom).ifPresent(missing -> {
            throw OAuthErrors.classify(attempt, new Failure.Narrowed(missing, grant.consented()));
        });
        AccessToken token = new AccessToken(accessToken(body), sentAt, sentAt.plus(life(body)), scope);
        return new TokenResponse(
                token,
                refreshToken(body).or(grant::refreshToken),
                refreshTokenLife(body).map(sentAt::plus),
                IdToken.identity(body));
    }

    private ObjectNode body(HttpAnswer answer) {
        if (!answer.isJson()) {
            throw OAuthErrors.classify(attempt, new Failure.NotJson(kind(answer)));
        }
        ObjectNode body =
                StrictJson.object(answer.body()).orElseThrow(() -> malformed("it is not one well-formed JSON object"));
        ServerError error = ServerError.of(body);
        if (!error.error().isEmpty()) {
            // Some servers refuse with status 200; the code still says what is wrong.
            throw OAuthErrors.classify(attempt, new Failure.Refused(answer.status(), Duration.ZERO, error));
        }
        return body;
    }

    static String kind(HttpAnswer answer) {
        if (answer.isHtml()) {
            return "a web page (HTML) came instead of JSON, from a login page, a proxy or a wrong address";
        }
        return answer.mediaType().isEmpty()
                ? "it has no Content-Type, JSON was expected"
                : "its Content-Type is " + answer.mediaType() + ", JSON was expected";
    }

    private Secret accessToken(ObjectNode body) {
        String value = StrictJson.text(body, "access_token").orElseThrow(() -> malformed("it has no access_token"));
        if (!TOKEN.matcher(value).matches()) {
            throw malformed("its access_token has characters that no token may have");
        }
        return Secret.of(value);
    }

    private Optional<Secret> refreshToken(ObjectNode body) {
        Optional<String> value = StrictJson.text(body, "refresh_token");
        if (value.isPresent() && !TOKEN.matcher(value.get()).matches()) {
            throw malformed("its refresh_token has characters that no token may have");
        }
        return value.map(Secret::of);
    }

    private static Duration life(ObjectNode body) {
        return seconds(body.path("expires_in")).orElse(ASSUMED_LIFE);
    }

    /** Google's and Microsoft's word for it, or Keycloak's, whose 0 says that an offline token has no end. */
    private static Optional<Duration> refreshTokenLife(ObjectNode body) {
        return seconds(body.path("refresh_token_expires_in")).or(() -> seconds(body.path("refresh_expires_in")));
    }

    /** A number, or as some servers write it a string of digits; anything else counts as not said. */
    private static Optional<Duration> seconds(JsonNode value) {
        double seconds = value.asDouble(0);
        if (!(seconds >= 1)) {
            return Optional.empty();
        }
        return Optional.of(seconds >= LONGEST_LIFE.toSeconds() ? LONGEST_LIFE : Duration.ofSeconds((long) seconds));
    }

    private OAuthException malformed(String problem) {
        return OAuthErrors.classify(attempt, new Failure.Malformed(problem));
    }
}
