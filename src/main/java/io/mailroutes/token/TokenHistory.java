package io.mailroutes.token;

import io.mailroutes.oauth.TokenResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When things happened to the stored tokens of an account; each is empty when it has not happened or is not known.
 *
 * @param consentedAt the login that the refresh token descends from
 * @param usedAt the last time the authorization server accepted or gave the refresh token: its idle limit counts from
 *     there
 * @param endsAt when the refresh token ends whatever happens, where the server has told
 * @param askedAt a request with the refresh token was about to be sent, and nothing is known of its answer
 */
public record TokenHistory(
        Optional<Instant> consentedAt, Optional<Instant> usedAt, Optional<Instant> endsAt, Optional<Instant> askedAt) {
    /** Nothing is known. */
    public static final TokenHistory NONE =
            new TokenHistory(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Begins with what a login gave. */
    static TokenHistory ofLogin(TokenResponse response, Instant now) {
        Optional<Instant> used = response.refreshToken().map(token -> now);
        return new TokenHistory(Optional.of(now), used, response.refreshTokenEnds(), Optional.empty());
    }

    /**
     * Goes on with what a request gave. An end that the server has told once holds for that refresh token, and not for
     * the next one.
     *
     * @param before the tokens that the request came from; empty when it came from the configuration
     */
    static TokenHistory after(Optional<StoredTokens> before, TokenResponse response, Instant now) {
        TokenHistory known = before.map(StoredTokens::history).orElse(NONE);
        boolean sameToken = before.flatMap(StoredTokens::refreshToken).equals(response.refreshToken());
        return new TokenHistory(
                known.consentedAt(),
                response.refreshToken().map(token -> now),
                response.refreshTokenEnds().or(() -> known.endsAt().filter(end -> sameToken)),
                Optional.empty());
    }

    /**
     * A request with the refresh token is about to be sent; an earlier one whose answer was lost counts on. In
     * milliseconds, as it comes back from the store: it is compared with that.
     */
    TokenHistory asked(Instant now) {
        return new TokenHistory(
                consentedAt, usedAt, endsAt, askedAt.or(() -> Optional.of(now.truncatedTo(ChronoUnit.MILLIS))));
    }
}
