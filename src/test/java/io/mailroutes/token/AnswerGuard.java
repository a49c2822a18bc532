package io.mailroutes.token;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A store that does something just before the answer to a request is saved. */
final class AnswerGuard implements TokenStore {
    private final TokenStore store;
    private final AtomicReference<Runnable> before;

    AnswerGuard(TokenStore store, Runnable before) {
        this.store = store;
        this.before = new AtomicReference<>(before);
    }

    /** From now on nothing is done before. */
    void open() {
        before.set(() -> {});
    }

    @Override
    public Optional<StoredTokens> load(String account) {
        return store.load(account);
    }

    @Override
    public void save(String account, StoredTokens tokens) {
        if (tokens.history().askedAt().isEmpty()) {
            before.get().run();
        }
        store.save(account, tokens);
    }
}
