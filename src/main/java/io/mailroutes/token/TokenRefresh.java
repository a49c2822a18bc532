package io.mailroutes.token;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AccessToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Gets the next access token of one account: from the store when another process has put one there, else from the
 * authorization server, under a lease that keeps the other processes waiting. What the server gave is in the store
 * before it is returned: with rotation the old refresh token is worthless by then.
 *
 * <p>To be called by one thread at a time.
 */
final class TokenRefresh {
    private final String account;
    private final GrantPlan plan;
    private final TokenOrigin origin;
    private final TokenStore store;
    private final TokenLease lease;
    private final Clock clock;
    private final Exchange exchange;

    /** What of the stored tokens makes a request needless. */
    @FunctionalInterface
    private interface Found {
        Optional<AccessToken> in(Optional<StoredTokens> stored);
    }

    TokenRefresh(String account, GrantPlan plan, TokenOrigin origin, TokenStore store, TokenLease lease, Clock clock) {
        this.account = account;
        this.plan = plan;
        this.origin = origin;
        this.store = store;
        this.lease = lease;
        this.clock = clock;
        this.exchange = new Exchange(account, plan, origin, store, lease, clock);
    }

    /** What is stored now. */
    Optional<StoredTokens> stored() {
        return store.load(account);
    }

    /**
     * @param current the token to be replaced
     * @param rejected a token that a mail server has refused: not taken from the store again
     * @throws io.mailroutes.oauth.OAuthException when the authorization server gives none
     * @throws TransientTokenException when it could not be saved: then it is not handed out, but saved first the next
     *     time
     * @throws io.mailroutes.store.StoreException when nothing was asked for, because the store cannot be used
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
        if (exchange.isUnsaved()) {
            lease.hold(exchange::saveUnsaved);
        }
        Optional<AccessToken> there = found.in(store.load(account));
        if (there.isPresent()) {
            return there.get();
        }
        origin.prepare();
        return lease.hold(() -> underLease(found, rejected));
    }

    private AccessToken underLease(Found found, Optional<Secret> rejected) throws InterruptedException {
        Optional<StoredTokens> stored = store.load(account);
        Optional<AccessToken> theirs = found.in(stored);
        if (theirs.isPresent()) {
            return theirs.get();
        }
        return exchange.run(stored, rejected)
                .map(fresh -> unlessRejected(fresh, rejected))
                .or(() -> found.in(store.load(account)))
                .orElseThrow(() -> new TransientTokenException(
                        "Account " + account + ": its stored tokens were changed by another process while this one"
                                + " asked for some. It will be tried again.",
                        Duration.ZERO));
    }

    private AccessToken unlessRejected(AccessToken fresh, Optional<Secret> rejected) {
        if (rejected.equals(Optional.of(fresh.value()))) {
            throw new NeedsLoginException("Account " + account
                    + ": " + origin.name() + " gives the same access token again that the mail server has refused."
                    + " Check that the mailbox accepts this client, then start again.");
        }
        return fresh;
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
}
