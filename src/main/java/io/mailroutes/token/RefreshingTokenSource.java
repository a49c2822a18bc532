package io.mailroutes.token;

import io.mailroutes.oauth.AccessToken;
import io.mailroutes.oauth.OAuthException;
import io.mailroutes.oauth.PermanentOAuthException;
import io.mailroutes.oauth.TransientOAuthException;
import io.mailroutes.store.PermanentStoreException;
import io.mailroutes.store.StoreException;
import io.mailroutes.token.SourceState.Outage;
import io.mailroutes.token.SourceState.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out the token at hand while it is {@link Freshness#FRESH}, without a lock; has it replaced in the background
 * while it is STALE; makes everybody wait for the one refresh when it is EXPIRED. A transient failure leaves the old
 * token in use until its end and the server alone for a while; a permanent one stops all asking until somebody acts.
 */
final class RefreshingTokenSource implements TokenSource {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshingTokenSource.class);

    private final String account;
    private final TokenRefresh refresh;
    private final Backoff backoff;
    private final Clock clock;
    private final Executor background;
    private final AtomicReference<SourceState> state = new AtomicReference<>(SourceState.EMPTY);
    private final SingleFlight<AccessToken> flight = new SingleFlight<>();
    private final AtomicBoolean backgroundBusy = new AtomicBoolean();

    RefreshingTokenSource(String account, TokenRefresh refresh, Backoff backoff, Clock clock, Executor background) {
        this.account = account;
        this.refresh = refresh;
        this.backoff = backoff;
        this.clock = clock;
        this.background = background;
    }

    @Override
    public AccessToken token() {
        Optional<Refusal> refusal = state.get().refusal();
        if (refusal.isPresent()) {
            reconsider(refusal.get());
        }
        Optional<AccessToken> token = state.get().token();
        return switch (freshness(token)) {
            case FRESH -> token.orElseThrow();
            case STALE -> {
                refreshInBackground();
                yield token.orElseThrow();
            }
            case EXPIRED -> awaitRefresh();
        };
    }

    @Override
    public Optional<AccessToken> cached() {
        SourceState now = state.get();
        return now.refusal().isPresent() ? Optional.empty() : now.token();
    }

    @Override
    public void reject(AccessToken token) {
        state.updateAndGet(now -> now.without(token));
    }

    @Override
    public void refused(String reason) {
        refuse(reason);
    }

    private Freshness freshness(Optional<AccessToken> token) {
        return token.map(present -> Freshness.of(present, clock.instant())).orElse(Freshness.EXPIRED);
    }

    private AccessToken awaitRefresh() {
        try {
            return flight.join(() -> refreshUnless(freshness -> freshness != Freshness.EXPIRED));
        } catch (TransientTokenException e) {
            return stillValid().orElseThrow(() -> e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return stillValid()
                    .orElseThrow(() -> new TransientTokenException(
                            "Account " + account + ": interrupted while waiting for its token.", Duration.ZERO));
        }
    }

    /** A token in its last seconds is better than none. */
    private Optional<AccessToken> stillValid() {
        return state.get().token().filter(token -> clock.instant().isBefore(token.expiresAt()));
    }

    private void refreshInBackground() {
        if (state.get().outageAt(clock.instant()).isPresent() || !backgroundBusy.compareAndSet(false, true)) {
            return;
        }
        try {
            background.execute(this::refreshAside);
        } catch (RejectedExecutionException e) {
            backgroundBusy.set(false);
            LOG.debug("Account {}: no refresh in the background while stopping", account);
        }
    }

    private void refreshAside() {
        try {
            flight.join(() -> refreshUnless(freshness -> freshness == Freshness.FRESH));
        } catch (TransientTokenException e) {
            LOG.warn("{} The present token is used meanwhile.", e.getMessage());
        } catch (NeedsLoginException e) {
            // Here nobody hears it; everywhere else the caller does, and says it once.
            LOG.error("{}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            backgroundBusy.set(false);
        }
    }

    /** The flight. What another one has done since the caller looked is respected: no second request for it. */
    private AccessToken refreshUnless(Predicate<Freshness> goodEnough) throws InterruptedException {
        SourceState now = state.get();
        now.refusal().ifPresent(refusal -> {
            throw new NeedsLoginException(refusal.reason());
        });
        if (goodEnough.test(freshness(now.token()))) {
            return now.token().orElseThrow();
        }
        now.outageAt(clock.instant()).ifPresent(outage -> {
            throw outage.again();
        });
        try {
            AccessToken fresh = refresh.next(now.token(), now.rejected());
            state.updateAndGet(then -> then.with(fresh));
            return fresh;
        } catch (NeedsLoginException e) {
            throw refuse(e.getMessage());
        } catch (TransientTokenException e) {
            throw failed(e.getMessage(), e.retryAfter());
        } catch (OAuthException e) {
            throw failed(e);
        } catch (StoreException e) {
            throw failed(e);
        }
    }

    private TokenException failed(OAuthException e) {
        return e instanceof TransientOAuthException passing
                ? failed(e.getMessage(), passing.retryAfter())
                : refuse(((PermanentOAuthException) e).getMessage());
    }

    private TokenException failed(StoreException e) {
        String message = "Account " + account + ": " + e.getMessage();
        return e instanceof PermanentStoreException ? refuse(message) : failed(message, Duration.ZERO);
    }

    private TransientTokenException failed(String message, Duration retryAfter) {
        Instant now = clock.instant();
        SourceState after = state.updateAndGet(then -> {
            int failures = then.outage().map(Outage::failures).orElse(0) + 1;
            return then.with(new Outage(failures, now.plus(backoff.after(failures, retryAfter)), message, retryAfter));
        });
        return after.outage().orElseThrow().again();
    }

    private NeedsLoginException refuse(String reason) {
        Refusal refusal = new Refusal(reason, seen());
        state.updateAndGet(now -> now.with(refusal));
        return new NeedsLoginException(reason);
    }

    /** @throws NeedsLoginException unless the stored tokens have changed since the refusal */
    private void reconsider(Refusal refusal) {
        if (!changedSince(refusal)) {
            throw new NeedsLoginException(refusal.reason());
        }
        LOG.info("Account {}: its stored tokens have changed, trying again", account);
        state.updateAndGet(now -> now.reconsidered(refusal));
    }

    private boolean changedSince(Refusal refusal) {
        try {
            return !refresh.stored().equals(refusal.seen());
        } catch (StoreException unreadable) {
            // Nothing is known to have changed; the refusal stands.
            return false;
        }
    }

    private Optional<StoredTokens> seen() {
        try {
            return refresh.stored();
        } catch (StoreException unreadable) {
            // It is the reason of this refusal; whatever can be read later is a change.
            return Optional.empty();
        }
    }
}
