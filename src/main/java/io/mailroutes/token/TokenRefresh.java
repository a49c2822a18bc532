package io.mailroutes.token;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.oauth.TokenResponse;
import io.mailroutes.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets the next access token of one account: from the store when another process has put one there, else from the
 * authorization server, under a lease that keeps the other processes waiting. What the server gave is in the store
 * before it is returned: with rotation the old refresh token is worthless by then.
 *
 * <p>To be called by one thread at a time.
 */
final class TokenRefresh {
    private static final Logger LOG = LoggerFactory.getLogger(TokenRefresh.class);
    /** Longer than one exchange (15 s) and one save (10 s) together: a live holder does not lose it. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int MOST_POLLS = 350;

    private final String account;
    private final GrantPlan plan;
    private final TokenOrigin origin;
    private final TokenStore store;
    private final Leases leases;
    private final Clock clock;
    private final Pause pause;
    private final String leaseName;
    private final String owner = UUID.randomUUID().toString();
    private final AtomicReference<@Nullable StoredTokens> unsaved = new AtomicReference<>();

    /** What of the stored tokens makes a request needless. */
    @FunctionalInterface
    private interface Found {
        Optional<AccessToken> in(Optional<StoredTokens> stored);
    }

    TokenRefresh(
            String account,
            GrantPlan plan,
            TokenOrigin origin,
            TokenStore store,
            Leases leases,
            Clock clock,
            Pause pause) {
        this.account = account;
        this.plan = plan;
        this.origin = origin;
        this.store = store;
        this.leases = leases;
        this.clock = clock;
        this.pause = pause;
        this.leaseName = leaseName(account);
    }

    /** The lease of whoever changes the tokens of an account. */
    static String leaseName(String account) {
        return "token/" + account;
    }

    /** What is stored now. */
    Optional<StoredTokens> stored() {
        return store.load(account);
    }

    /**
     * @param current the token to be replaced
     * @param rejected a token that a mail server has refused: not taken from the store again
     * @throws io.mailroutes.oauth.OAuthException when the authorization server gives none
     * @throws StoreException when it could not be saved: then it is not handed out, but saved first the next time
     */
    AccessToken next(Optional<AccessToken> current, Optional<Secret> rejected) throws InterruptedException {
        return next(stored -> usable(stored, current, rejected), rejected);
    }

    /**
     * As {@link #next(Optional, Optional)}, but uses the refresh token however good the stored access token is, unless
     * another process has used it meanwhile.
     *
     * @param lastUse of the refresh token, as the caller knows it
     */
    AccessToken afterUseOf(Optional<Instant> lastUse, Optional<Secret> rejected) throws InterruptedException {
        return next(
                stored -> usable(stored, Optional.empty(), rejected).filter(token -> !stored.flatMap(
                                tokens -> tokens.history().usedAt())
                        .equals(lastUse)),
                rejected);
    }

    private AccessToken next(Found found, Optional<Secret> rejected) throws InterruptedException {
        saveWhatIsUnsaved();
        Optional<AccessToken> there = found.in(store.load(account));
        if (there.isPresent()) {
            return there.get();
        }
        origin.prepare();
        for (int poll = 0; poll < MOST_POLLS; poll++) {
            Instant now = clock.instant();
            if (leases.acquire(leaseName, owner, now.plus(LEASE), now)) {
                return underLease(found, rejected);
            }
            pause.pause(POLL);
        }
        throw new TransientTokenException(
                "Account " + account + ": other processes have been asking for its token for too long. It will be tried"
                        + " again.",
                Duration.ZERO);
    }

    private AccessToken underLease(Found found, Optional<Secret> rejected) throws InterruptedException {
        try {
            Optional<StoredTokens> stored = store.load(account);
            Optional<AccessToken> theirs = found.in(stored);
            return theirs.isPresent() ? theirs.get() : ask(stored, rejected);
        } finally {
            release();
        }
    }

    private AccessToken ask(Optional<StoredTokens> stored, Optional<Secret> rejected) throws InterruptedException {
        TokenResponse response = origin.ask(stored);
        unsaved.set(plan.toStore(stored, response, clock.instant()));
        saveWhatIsUnsaved();
        if (rejected.isPresent() && rejected.get().equals(response.accessToken().value())) {
            throw new NeedsLoginException("Account " + account
                    + ": " + origin.name() + " gives the same access token again that the mail server has refused."
                    + " Check that the mailbox accepts this client, then start again.");
        }
        return response.accessToken();
    }

    private void saveWhatIsUnsaved() {
        StoredTokens tokens = unsaved.get();
        if (tokens != null) {
            store.save(account, tokens);
            unsaved.set(null);
        }
    }

    /** The stored access token when it is better than the one at hand. */
    private Optional<AccessToken> usable(
            Optional<StoredTokens> stored, Optional<AccessToken> current, Optional<Secret> rejected) {
        return stored.filter(plan::fits)
                .flatMap(StoredTokens::accessToken)
                .filter(token -> Freshness.of(token, clock.instant()) != Freshness.EXPIRED)
                .filter(token -> !rejected.equals(Optional.of(token.value())))
                .filter(token -> current.isEmpty()
                        || token.expiresAt().isAfter(current.get().expiresAt()));
    }

    private void release() {
        try {
            leases.release(leaseName, owner);
        } catch (StoreException e) {
            // The tokens are safe by now, and the lease ends by itself.
            LOG.warn(
                    "Account {}: the lease on its token ends only in {} s: {}",
                    account,
                    LEASE.toSeconds(),
                    e.getMessage());
        }
    }
}
