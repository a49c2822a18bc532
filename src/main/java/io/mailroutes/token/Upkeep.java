package io.mailroutes.token;

import io.mailroutes.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Looks after one account that nobody may be asking about: the access token of an account in use is replaced in time,
 * and the refresh token of every account is used often enough to stay alive. An account without a refresh token, or
 * one that needs a login, is left alone.
 */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    /** Somebody may have logged in meanwhile, in another process. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);
    private static final int MOST_DOUBLINGS = 6;

    private final String account;
    private final RefreshingTokenSource source;
    private final GrantPlan plan;
    private final KeepAlive keepAlive;
    private final TokenStore store;
    private final Clock clock;
    private final Executor background;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);
    private int failures;

    Upkeep(
            String account,
            RefreshingTokenSource source,
            GrantPlan plan,
            KeepAlive keepAlive,
            TokenStore store,
            Clock clock,
            Executor background) {
        this.account = account;
        this.source = source;
        this.plan = plan;
        this.keepAlive = keepAlive;
        this.store = store;
        this.clock = clock;
        this.background = background;
    }

    /** Not before that time, so that many accounts do not begin together. */
    void startAt(Instant time) {
        next.set(time);
    }

    /** Does in the background what is due by now. */
    void tick() {
        source.renewWhenDue();
        if (clock.instant().isBefore(next.get()) || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            background.execute(this::look);
        } catch (RejectedExecutionException e) {
            busy.set(false);
            LOG.debug("Account {}: nothing is kept alive while stopping", account);
        }
    }

    private void look() {
        try {
            next.set(clock.instant().plus(LOOK_AGAIN));
            keepAlive(store.load(account));
        } catch (StoreException e) {
            LOG.debug("Account {}: the store has another chance later: {}", account, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            busy.set(false);
        }
    }

    private void keepAlive(Optional<StoredTokens> stored) throws InterruptedException {
        if (plan.refreshToken(stored).isEmpty() || source.needsLogin()) {
            return;
        }
        Instant due = stored.filter(plan::descends).flatMap(keepAlive::due).orElse(Instant.MIN);
        if (clock.instant().isBefore(due)) {
            next.set(due);
            return;
        }
        use(stored.flatMap(tokens -> tokens.history().usedAt()));
    }

    private void use(Optional<Instant> lastUse) throws InterruptedException {
        try {
            source.useRefreshToken(lastUse);
            LOG.debug("Account {}: its refresh token was used, to keep it alive", account);
            failures = 0;
            next.set(clock.instant());
        } catch (TransientTokenException e) {
            LOG.atLevel(failures == 0 ? Level.WARN : Level.DEBUG)
                    .log("{} The refresh token is used later, to keep it alive.", e.getMessage());
            next.set(clock.instant().plus(pause(e.retryAfter())));
        } catch (NeedsLoginException e) {
            LOG.debug("Account {}: its refresh token is not used any more, the account needs a login", account);
        }
    }

    private Duration pause(Duration asked) {
        Duration doubled = LOOK_AGAIN.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        Duration own = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return own.compareTo(asked) > 0 ? own : asked;
    }
}
