package io.mailroutes.oauth;

import io.mailroutes.account.Secret;
import java.util.List;
import java.util.Optional;

/**
 * What a token request gave.
 *
 * @param refreshToken the one to use next: the new one when the server rotates, else the one that was used; empty when
 *     the grant has none
 * @param signedIn the names of who signed in, when the server says (OpenID Connect); empty when it does not
 */
public record TokenResponse(AccessToken accessToken, Optional<Secret> refreshToken, List<String> signedIn) {
    public TokenResponse {
        signedIn = List.copyOf(signedIn);
    }

    /** Of a server that does not say who signed in. */
    public TokenResponse(AccessToken accessToken, Optional<Secret> refreshToken) {
        this(accessToken, refreshToken, List.of());
    }
}
