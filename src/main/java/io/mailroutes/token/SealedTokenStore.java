package io.mailroutes.token;

import io.mailroutes.store.PermanentStoreException;
import io.mailroutes.store.SealedTokens;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** Tokens in the store, sealed. */
public final class SealedTokenStore implements TokenStore {
    private final SealedTokens sealed;
    private final Clock clock;

    public SealedTokenStore(SealedTokens sealed, Clock clock) {
        this.sealed = sealed;
        this.clock = clock;
    }

    @Override
    public Optional<StoredTokens> load(String account) {
        return sealed.load(account).map(plain -> parse(account, plain));
    }

    private static StoredTokens parse(String account, byte[] plain) {
        try {
            return StoredTokensFormat.read(plain);
        } catch (IOException e) {
            throw new PermanentStoreException(
                    "the stored tokens of account " + account + " cannot be read: " + e.getMessage()
                            + ". Run the version that wrote them",
                    null);
        }
    }

    @Override
    public void save(String account, StoredTokens tokens) {
        sealed.save(account, StoredTokensFormat.write(tokens), clock.instant());
    }
}
