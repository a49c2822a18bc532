package io.mailroutes.proof;

import io.mailroutes.token.StoredTokens;
import io.mailroutes.token.TokenStore;
import java.util.Optional;

/** Ends the process at a point of a refresh, without a word to anybody. */
record EndingStore(TokenStore store, KillPoint point) implements TokenStore {
    @Override
    public Optional<StoredTokens> load(String account) {
        return store.load(account);
    }

    @Override
    public void save(String account, StoredTokens tokens) {
        boolean answered = tokens.history().askedAt().isEmpty();
        endIf(answered && point == KillPoint.BEFORE_SAVING);
        store.save(account, tokens);
        endIf(answered ? point == KillPoint.AFTER_SAVING : point == KillPoint.BEFORE_SENDING);
    }

    private static void endIf(boolean here) {
        if (here) {
            Runtime.getRuntime().halt(137);
        }
    }
}
