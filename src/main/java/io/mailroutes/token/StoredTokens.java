package io.mailroutes.token;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AccessToken;
import java.util.Optional;

/**
 * What is kept of an account between two runs.
 *
 * @param accessToken kept so that a restart within its life needs no network
 * @param refreshToken the last one that the server gave; with rotation the only one that still works
 * @param seed digest of the refresh token in the configuration that this one descends from; empty when it came from a
 *     login. When the configured one changes, it wins over its old descendant
 * @param request digest of what was asked for (client, scope, ...): an access token is good for nothing else
 * @param history when they were got and used
 */
public record StoredTokens(
        Optional<AccessToken> accessToken,
        Optional<Secret> refreshToken,
        String seed,
        String request,
        TokenHistory history) {
    StoredTokens with(TokenHistory other) {
        return new StoredTokens(accessToken, refreshToken, seed, request, other);
    }
}
