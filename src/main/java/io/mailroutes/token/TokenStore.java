package io.mailroutes.token;

import java.util.Optional;

/** Keeps the tokens of accounts. Safe for many threads. */
public interface TokenStore {
    /**
     * The tokens of an account; empty when there never were any.
     *
     * @throws io.mailroutes.store.StoreException when they cannot be read: permanent when the key is not the one that
     *     sealed them, or they were tampered with
     */
    Optional<StoredTokens> load(String account);

    /**
     * Replaces the tokens of an account. When this returns they survive a crash.
     *
     * @throws io.mailroutes.store.StoreException when the old ones are still in place. What cannot be read is never
     *     overwritten
     */
    void save(String account, StoredTokens tokens);
}
