package io.mailroutes.testing;

import io.mailroutes.store.AccountRow;
import io.mailroutes.store.StoreException;
import io.mailroutes.token.Leases;
import io.mailroutes.token.Standings;
import io.mailroutes.token.StoredTokens;
import io.mailroutes.token.TokenStorage;
import io.mailroutes.token.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tokens, leases and standings in memory, as one store that several sources share; it fails when told to. */
public final class MemoryTokenStore implements TokenStore, Leases, Standings {
    private record Lease(String owner, Instant until) {}

    private final Map<String, StoredTokens> tokens = new HashMap<>();
    private final Map<String, Lease> leases = new HashMap<>();
    private final Map<String, AccountRow> standings = new HashMap<>();
    private @Nullable StoreException loadFailure;
    private @Nullable StoreException saveFailure;
    private int saves;

    /** All three. */
    public TokenStorage storage() {
        return new TokenStorage(this, this, this);
    }

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

    @Override
    public synchronized void refused(String account, String reason, Instant now) {
        AccountRow.Refusal refusal = new AccountRow.Refusal(reason, now);
        standings.put(account, new AccountRow(Optional.of(refusal), of(account).consentLived()));
    }

    @Override
    public synchronized void cleared(String account) {
        standings.put(account, new AccountRow(Optional.empty(), of(account).consentLived()));
    }

    @Override
    public synchronized void consentEnded(String account, Duration lived) {
        standings.put(account, new AccountRow(of(account).refusal(), Optional.of(lived)));
    }

    @Override
    public synchronized AccountRow of(String account) {
        return standings.getOrDefault(account, AccountRow.UNKNOWN);
    }

    /** Whether nobody holds a lease. */
    public synchronized boolean idle() {
        return leases.isEmpty();
    }
}
