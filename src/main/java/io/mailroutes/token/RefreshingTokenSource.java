package io.mailroutes.token;

import io.mailroutes.oauth.AccessToken;
import io.mailroutes.oauth.OAuthException;
import io.mailroutes.oauth.PermanentOAuthException;
import io.mailroutes.oauth.PermanentOAuthException.Kind;
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
import org.slf4j.event.Level;

/**
 * Hands out the token at hand while it is {@link Freshness#FRESH}, without a lock; has it replaced in the background
 * while it is STALE; makes everybody wait for the one refresh when it is EXPIRED. A transient failure leaves the old
 * token in use until its end and the server alone for a while; a permanent one stops all asking until somebody acts.
 */
final class RefreshingTokenSource implements TokenSource {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshingTokenSource.class);
    /** An account that nobody has asked about for so long is not kept ready any more. */
    private static final Duration IN_USE = Duration.ofHours(24);

    private final String account;
    private final TokenRefresh refresh;
    private final Backoff backoff;
    private final Standing standing;
    private final double jitter;
    private final Clock clock;
    private final Executor background;
    private final AtomicReference<SourceState> state = new AtomicReference<>(SourceState.EMPTY);
    private final SingleFlight<AccessToken> flight = new SingleFlight<>();
    private final AtomicBoolean backgroundBusy = new AtomicBoolean();
    private final AtomicReference<Instant> lastAsked = new AtomicReference<>(Instant.MIN);

    /** @param jitter from 0 up to 1: when in the STALE time the next token is got */
    RefreshingTokenSource(
            String account,
            TokenRefresh refresh,
            Backoff backoff,
            Standing standing,
            double jitter,
            Clock clock,
            Executor background) {
        this.account = account;
        this.refresh = refresh;
        this.backoff = backoff;
        this.standing = standing;
        this.jitter = jitter;
        this.clock = clock;
        this.background = background;
    }

    @Override
    public AccessToken token() {
        lastAsked.set(clock.instant());
        reconsider();
        Optional<AccessToken> token = state.get().token();
        return switch (freshness(token)) {
            case FRESH -> token.orElseThrow();
            case STALE -> {
                renewWhenDue();
                yield token.orElseThrow();
            }
            case EXPIRED -> awaitRefresh();
        };
    }

    /** Gets the next token in the background when it is time, so that whoever asks next need not wait. */
    void renewWhenDue() {
        SourceState now = state.get();
        Instant time = clock.instant();
        boolean inUse = time.isBefore(after(lastAsked.get(), IN_USE));
        boolean due = now.token()
                .filter(token -> !time.isBefore(Freshness.renewal(token, jitter)))
                .isPresent();
        // Once it has failed and the token is over, only those who need one ask on.
        boolean hopeless = now.outage().isPresent() && freshness(now.token()) == Freshness.EXPIRED;
        if (inUse && due && !hopeless) {
            refreshInBackground();
        }
    }

    private static Instant after(Instant time, Duration more) {
        return time.equals(Instant.MIN) ? time : time.plus(more);
    }

    /**
     * Uses the refresh token, whoever needs an access token or not, unless it has been used since. Returns when that is
     * done.
     *
     * @param lastUse as it is stored
     * @throws TokenException as {@link #token}
     */
    void useRefreshToken(Optional<Instant> lastUse) throws InterruptedException {
        reconsider();
        flight.join(() -> attempt(freshness -> false, now -> refresh.afterUseOf(lastUse, now.rejected())));
    }

    /** Whether a person has to act. Asks the store, but no server. */
    boolean needsLogin() {
        try {
            reconsider();
            return false;
        } catch (NeedsLoginException e) {
            // That is the answer.
            return true;
        }
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
            return flight.join(() -> attempt(freshness -> freshness != Freshness.EXPIRED, this::next));
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
            flight.join(() -> attempt(freshness -> freshness == Freshness.FRESH, this::next));
        } catch (TransientTokenException e) {
            sayOnce(e);
        } catch (NeedsLoginException e) {
            // Here nobody hears it; everywhere else the caller does, and says it once.
            LOG.error("{}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            backgroundBusy.set(false);
        }
    }

    private void sayOnce(TransientTokenException e) {
        boolean first =
                state.get().outage().filter(outage -> outage.failures() > 1).isEmpty();
        LOG.atLevel(first ? Level.WARN : Level.DEBUG).log("{} The present token is used meanwhile.", e.getMessage());
    }

    /** Where the next token comes from. */
    @FunctionalInterface
    private interface Asking {
        AccessToken ask(SourceState now) throws InterruptedException;
    }

    private AccessToken next(SourceState now) throws InterruptedException {
        return refresh.next(now.token(), now.rejected());
    }

    /** The flight. What another one has done since the caller looked is respected: no second request for it. */
    private AccessToken attempt(Predicate<Freshness> goodEnough, Asking asking) throws InterruptedException {
        SourceState now = state.get();
        now.refusal().ifPresent(refusal -> {
            throw new NeedsLoginException(refusal.reason());
        });
        if (goodEnough.test(freshness(now.token()))) {
            return now.token().orElseThrow();
        }
        Instant began = clock.instant();
        now.outageAt(began).ifPresent(outage -> {
            throw outage.again();
        });
        try {
            return succeeded(asking.ask(now), began);
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

    private AccessToken succeeded(AccessToken fresh, Instant began) {
        state.updateAndGet(then -> then.with(fresh));
        if (!fresh.issuedAt().isBefore(began)) {
            // One that was lying in the store proves nothing: it may be the one that the mail server refuses.
            standing.works();
        }
        return fresh;
    }

    private TokenException failed(OAuthException e) {
        if (e instanceof TransientOAuthException passing) {
            return failed(e.getMessage(), passing.retryAfter());
        }
        boolean consentIsOver = ((PermanentOAuthException) e).kind() == Kind.RECONSENT;
        return refuse(consentIsOver ? standing.ended(e.getMessage(), seen()) : e.getMessage());
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
        standing.refused(reason);
        return new NeedsLoginException(reason);
    }

    /** @throws NeedsLoginException unless the stored tokens have changed since the refusal */
    private void reconsider() {
        state.get().refusal().ifPresent(this::reconsider);
    }

    private void reconsider(Refusal refusal) {
        if (!changedSince(refusal)) {
            throw new NeedsLoginException(refusal.reason());
        }
        LOG.info("Account {}: its stored tokens have changed, trying again", account);
        state.updateAndGet(now -> now.reconsidered(refusal));
    }

    private boolean changedSince(Refusal refusal) {
        try {
            return !refusal.saw(refresh.stored());
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
