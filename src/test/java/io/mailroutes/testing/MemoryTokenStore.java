package io.mailroutes.testing;

import io.mailroutes.store.StoreException;
import io.mailroutes.token.Leases;
import io.mailroutes.token.StoredTokens;
import io.mailroutes.token.TokenStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tokens and leases in memory, as one store that several sources share; it fails when told to. */
public final class MemoryTokenStore implements TokenStore, Leases {
    private record Lease(String owner, Instant until) {}

    private final Map<String, StoredTokens> tokens = new HashMap<>();
    private final Map<String, Lease> leases = new HashMap<>();
    private @Nullable StoreException loadFailure;
    private @Nullable StoreException saveFailure;
    private int saves;

    /** From now on loading fails; null ends that. */
    public synchronized void failLoading(@Nullable StoreException failure) {
        loadFailure = failure;
    }

    /** From now on saving fails; null ends that. */
    public synchronized void failSaving(@Nullable StoreException failure) {
        saveFailure = failure;
    }

    public synchronized int saves() {
        return saves;
    }

    @Override
    public synchronized Optional<StoredTokens> load(String account) {
        if (loadFailure != null) {
            throw loadFailure;
        }
        return Optional.ofNullable(tokens.get(account));
    }

    @Override
    public synchronized void save(String account, StoredTokens saved) {
        if (saveFailure != null) {
            throw saveFailure;
        }
        saves++;
        tokens.put(account, saved);
    }

    public synchronized void forget(String account) {
        tokens.remove(account);
    }

    @Override
    public synchronized boolean acquire(String name, String owner, Instant until, Instant now) {
        Lease held = leases.get(name);
        if (held != null && held.until().isAfter(now) && !held.owner().equals(owner)) {
            return false;
        }
        leases.put(name, new Lease(owner, until));
        return true;
    }

    @Override
    public synchronized void release(String name, String owner) {
        Lease held = leases.get(name);
        if (held != null && held.owner().equals(owner)) {
            leases.remove(name);
        }
    }

    /** Whether nobody holds a lease. */
    public synchronized boolean idle() {
        return leases.isEmpty();
    }
}
