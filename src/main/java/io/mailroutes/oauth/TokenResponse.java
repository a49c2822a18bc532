package io.mailroutes.oauth;

import io.mailroutes.account.Secret;
import java.util.Optional;

/**
 * What a token request gave.
 *
 * @param refreshToken the one to use next: the new one when the server rotates, else the one that was used; empty when
 *     the grant has none
 * @param signedIn who consented, out of the {@code id_token}
 */
public record TokenResponse(AccessToken accessToken, Optional<Secret> refreshToken, Identity signedIn) {
    /** Of a server that does not say who signed in. */
    public TokenResponse(AccessToken accessToken, Optional<Secret> refreshToken) {
        this(accessToken, refreshToken, Identity.UNKNOWN);
    }
}
