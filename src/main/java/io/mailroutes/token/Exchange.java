package io.mailroutes.token;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.oauth.OAuthException;
import io.mailroutes.oauth.TokenResponse;
import io.mailroutes.store.StoreException;
import io.mailroutes.store.TransientStoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request for tokens that leaves, at any instant it may be cut off, something in the store to go on with: that a
 * refresh token is about to be spent is written down before, and what came in its place before anything uses it.
 *
 * <p>Everything here is done under the lease, by one thread at a time.
 */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    /** The longest wait for another process that writes to the store. */
    private static final Duration SAVE = Duration.ofSeconds(10);
    /** What a request takes at most, with the save before it. */
    private static final Duration SAVE_AND_REQUEST = SAVE.plusSeconds(15);

    /**
     * Tokens to be stored.
     *
     * @param inPlaceOf what was stored when they were asked for; when that has changed, somebody else was later
     */
    private record Gained(StoredTokens tokens, Optional<StoredTokens> inPlaceOf) {}

    private final String account;
    private final GrantPlan plan;
    private final TokenOrigin origin;
    private final TokenStore store;
    private final TokenLease lease;
    private final Clock clock;
    private final LostAnswers lost;
    private final AtomicReference<@Nullable Gained> unsaved = new AtomicReference<>();

    Exchange(String account, GrantPlan plan, TokenOrigin origin, TokenStore store, TokenLease lease, Clock clock) {
        this.account = account;
        this.plan = plan;
        this.origin = origin;
        this.store = store;
        this.lease = lease;
        this.clock = clock;
        this.lost = new LostAnswers(account, plan, origin.replay(), clock);
    }

    /** Whether an earlier answer is still to be stored. */
    boolean isUnsaved() {
        return unsaved.get() != null;
    }

    /**
     * @param stored what is stored now
     * @return the new token; empty when another process has changed what is stored meanwhile: then that counts
     * @throws StoreException when nothing was sent
     */
    Optional<AccessToken> run(Optional<StoredTokens> stored, Optional<Secret> rejected) throws InterruptedException {
        if (!lease.lasts(SAVE_AND_REQUEST)) {
            throw new TransientTokenException(
                    "Account " + account + ": the store took too long to answer. It will be tried again.",
                    Duration.ZERO);
        }
        Optional<Secret> spent = origin.spends(stored);
        Optional<StoredTokens> begun = spent.isPresent() ? begin(stored, spent.get(), rejected) : stored;
        TokenResponse response;
        try {
            response = origin.ask(stored);
        } catch (OAuthException e) {
            throw spent.isPresent() ? failed(e, stored, begun, rejected) : e;
        }
        unsaved.set(new Gained(plan.toStore(stored, response, clock.instant()), begun));
        return saveUnsaved() ? Optional.of(response.accessToken()) : Optional.empty();
    }

    private Optional<StoredTokens> begin(
            Optional<StoredTokens> stored, Secret refreshToken, Optional<Secret> rejected) {
        lost.checkBeforeSending(stored, rejected);
        StoredTokens asking = plan.asking(stored, refreshToken, clock.instant());
        if (!stored.equals(Optional.of(asking))) {
            store.save(account, asking);
        }
        return Optional.of(asking);
    }

    private RuntimeException failed(
            OAuthException e, Optional<StoredTokens> stored, Optional<StoredTokens> begun, Optional<Secret> rejected)
            throws InterruptedException {
        if (e.answerLost()) {
            return lost.now(e, stored, rejected);
        }
        Optional<Instant> before = plan.lost(stored);
        if (before.isPresent()) {
            return lost.before(e, before.get());
        }
        takeBack(stored, begun.orElseThrow());
        return e;
    }

    /** Nothing was spent after all. */
    private void takeBack(Optional<StoredTokens> stored, StoredTokens begun) throws InterruptedException {
        try {
            replace(new Gained(stored.orElseGet(() -> begun.with(TokenHistory.NONE)), Optional.of(begun)));
        } catch (StoreException e) {
            // What stays behind only makes the next refusal be explained by an answer that was lost.
            LOG.warn("Account {}: a request for its token stays noted as unanswered: {}", account, e.getMessage());
        }
    }

    /**
     * @return false when what is stored has changed, and stays
     * @throws TransientTokenException when they could not be stored: they are kept for the next time
     */
    boolean saveUnsaved() throws InterruptedException {
        Gained gained = unsaved.get();
        if (gained == null) {
            return true;
        }
        try {
            boolean saved = replace(gained);
            unsaved.set(null);
            return saved;
        } catch (TransientStoreException e) {
            throw new TransientTokenException(
                    "Account " + account + ": " + origin.name() + " gave a new token, which could not be stored: "
                            + e.getMessage() + " It is kept in memory and stored first at the next try; if the process"
                            + " ends before that, the account may need a new login.",
                    Duration.ZERO);
        }
    }

    /**
     * A process that was stopped for longer than its lease lasts comes back with tokens that may be older than the
     * stored ones.
     */
    private boolean replace(Gained gained) throws InterruptedException {
        if (!lease.lasts(SAVE)) {
            lease.take();
        }
        boolean unchanged = store.load(account).equals(gained.inPlaceOf());
        if (unchanged) {
            store.save(account, gained.tokens());
        } else {
            LOG.warn(
                    "Account {}: its stored tokens were changed by another process while this one asked for some;"
                            + " the stored ones stay",
                    account);
        }
        return unchanged;
    }
}
