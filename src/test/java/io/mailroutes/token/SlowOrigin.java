package io.mailroutes.token;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.TokenResponse;
import java.util.Optional;
import java.util.function.Consumer;

/** Does something between the answer and its arrival. */
record SlowOrigin(TokenOrigin origin, Consumer<Optional<StoredTokens>> answered) implements TokenOrigin {
    @Override
    public String name() {
        return origin.name();
    }

    @Override
    public void prepare() {
        origin.prepare();
    }

    @Override
    public Optional<Secret> spends(Optional<StoredTokens> stored) {
        return origin.spends(stored);
    }

    @Override
    public Replay replay() {
        return origin.replay();
    }

    @Override
    public TokenResponse ask(Optional<StoredTokens> stored) throws InterruptedException {
        TokenResponse response = origin.ask(stored);
        answered.accept(stored);
        return response;
    }
}
