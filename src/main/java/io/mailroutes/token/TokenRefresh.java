package io.mailroutes.token;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AccessToken;
import java.time.Clock;
import java.time.Duration;
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

    TokenRefresh(String account, GrantPlan plan, TokenOrigin origin, TokenStore store, TokenLease lease, Clock clock) {
        this.account = account;
        this.plan = plan;
        this.origin = origin;
        this.store = store;
        this.lease = lease;
        this.clock = clock;
        this.exchange = new Exchange(account, plan, origin, store, lease, clock);
    }

    /** What is stored now, but for the times: a request that another process makes is no reason to try again. */
    Optional<StoredTokens> stored() {
        return store.load(account).map(tokens -> tokens.with(TokenHistory.NONE));
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
        if (exchange.isUnsaved()) {
            lease.hold(exchange::saveUnsaved);
        }
        Optional<AccessToken> found = usable(store.load(account), current, rejected);
        if (found.isPresent()) {
            return found.get();
        }
        origin.prepare();
        return lease.hold(() -> underLease(current, rejected));
    }

    private AccessToken underLease(Optional<AccessToken> current, Optional<Secret> rejected)
            throws InterruptedException {
        Optional<StoredTokens> stored = store.load(account);
        Optional<AccessToken> theirs = usable(stored, current, rejected);
        if (theirs.isPresent()) {
            return theirs.get();
        }
        return exchange.run(stored, rejected)
                .map(fresh -> unlessRejected(fresh, rejected))
                .or(() -> usable(store.load(account), current, rejected))
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
