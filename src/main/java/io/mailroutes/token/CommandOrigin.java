package io.mailroutes.token;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.TokenCommandRun;
import io.mailroutes.oauth.TokenResponse;
import java.util.Optional;

/** Tokens that a program prints. */
record CommandOrigin(TokenCommandRun command) implements TokenOrigin {
    @Override
    public String name() {
        return "the command";
    }

    @Override
    public void prepare() {
        // There is nothing to find out before.
    }

    @Override
    public Optional<Secret> spends(Optional<StoredTokens> stored) {
        return Optional.empty();
    }

    @Override
    public Replay replay() {
        return Replay.HARMLESS;
    }

    @Override
    public TokenResponse ask(Optional<StoredTokens> stored) throws InterruptedException {
        return new TokenResponse(command.run(), Optional.empty());
    }
}
