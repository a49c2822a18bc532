package io.mailroutes.oauth;

import io.mailroutes.account.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * What a token request gave.
 *
 * @param refreshToken the one to use next: the new one when the server rotates, else the one that was used; empty when
 *     the grant has none
 * @param refreshTokenEnds when the refresh token ends whatever happens; empty when the server does not say, or says
 *     that it does not end
 * @param signedIn who consented, out of the {@code id_token}
 */
public record TokenResponse(
        AccessToken accessToken, Optional<Secret> refreshToken, Optional<Instant> refreshTokenEnds, Identity signedIn) {
    /** Of an origin that says no more. */
    public TokenResponse(AccessToken accessToken, Optional<Secret> refreshToken) {
        this(accessToken, refreshToken, Optional.empty(), Identity.UNKNOWN);
    }
}
