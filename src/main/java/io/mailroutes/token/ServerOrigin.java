package io.mailroutes.token;

import io.mailroutes.oauth.TokenEndpoint;
import io.mailroutes.oauth.TokenResponse;
import java.util.Optional;

/** Tokens of an authorization server. */
record ServerOrigin(GrantPlan plan, TokenEndpoint endpoint) implements TokenOrigin {
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
    public TokenResponse ask(Optional<StoredTokens> stored) {
        return endpoint.exchange(plan.grant(stored));
    }
}
