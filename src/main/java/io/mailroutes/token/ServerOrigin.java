package io.mailroutes.token;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.TokenEndpoint;
import io.mailroutes.oauth.TokenResponse;
import java.util.Optional;

/** Tokens of an authorization server. */
record ServerOrigin(GrantPlan plan, TokenEndpoint endpoint, Replay replay) implements TokenOrigin {
    @Override
    public String name() {
        return "the authorization server";
    }

    /** Discovery may take longer than the lease lasts. */
    @Override
    public void prepare() {
        endpoint.locate();
    }

    @Override
    public Optional<Secret> spends(Optional<StoredTokens> stored) {
        return replay == Replay.HARMLESS ? Optional.empty() : plan.grant(stored).refreshToken();
    }

    @Override
    public TokenResponse ask(Optional<StoredTokens> stored) {
        return endpoint.exchange(plan.grant(stored));
    }
}
