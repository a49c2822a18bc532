package io.mailroutes.camel;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.token.TokenSource;
import java.time.Instant;
import java.util.Optional;

/** One token that never ends. */
final class FixedToken implements TokenSource {
    private final AccessToken token = new AccessToken(Secret.of("token"), Instant.EPOCH, Instant.MAX, Optional.empty());

    @Override
    public AccessToken token() {
        return token;
    }

    @Override
    public Optional<AccessToken> cached() {
        return Optional.of(token);
    }

    @Override
    public void reject(AccessToken rejected) {
        throw new AssertionError("rejected");
    }

    @Override
    public void refused(String reason) {
        throw new AssertionError("refused: " + reason);
    }
}
