package io.mailroutes.token;

import java.time.Instant;
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
}
