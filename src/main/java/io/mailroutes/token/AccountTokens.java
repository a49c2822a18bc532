package io.mailroutes.token;

import io.mailroutes.account.Account;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Secret;
import io.mailroutes.account.Settings;
import io.mailroutes.oauth.HttpLimits;
import io.mailroutes.oauth.TokenResponse;
import io.mailroutes.store.LeaseRows;
import io.mailroutes.store.SealedTokens;
import io.mailroutes.store.Store;
import io.mailroutes.store.StoreKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The stored tokens of every account, for commands that run beside the process that reads the mail. */
public final class AccountTokens implements AutoCloseable {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int MOST_POLLS = 350;
    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * What is known of an account without asking anybody.
     *
     * @param accessTokenEnds when the stored access token ends; empty when there is none that fits the configuration
     * @param needsLogin whether a person has to log in before anything else
     */
    public record Known(Optional<Instant> accessTokenEnds, boolean needsLogin) {}

    private final Store store;
    private final SealedTokens sealed;
    private final SealedTokenStore tokens;
    private final Leases leases;
    private final Clock clock;

    private AccountTokens(Store store, StoreKeys keys, Clock clock) {
        this.store = store;
        this.sealed = new SealedTokens(store, keys);
        this.tokens = new SealedTokenStore(sealed, clock);
        this.leases = new StoreLeases(new LeaseRows(store));
        this.clock = clock;
    }

    /** @throws io.mailroutes.store.StoreException when the store or its key cannot be opened */
    public static AccountTokens open(Settings settings, Clock clock) {
        Store store = Store.open(settings.dataDirectory(), settings.storeUrl(), clock);
        boolean opened = false;
        try {
            AccountTokens tokens = new AccountTokens(store, TokenKeys.of(settings), clock);
            opened = true;
            return tokens;
        } finally {
            if (!opened) {
                store.close();
            }
        }
    }

    /** A source that does its refreshing while it is asked. */
    public TokenSource source(Account account) {
        return new TokenSources(tokens, leases, clock, Runnable::run, HttpLimits.DEFAULT).of(account);
    }

    /**
     * Replaces what is stored by what a login gave. Waits for a refresh that another process is at, whose tokens would
     * otherwise come after these.
     *
     * @throws io.mailroutes.store.StoreException when the old ones are still in place
     */
    public void save(Account account, OAuthClient client, TokenResponse response) throws InterruptedException {
        underLease(account.name(), () -> tokens.save(account.name(), new GrantPlan(account, client).toStore(response)));
    }

    /** The refresh token that is stored; empty when there is none. */
    public Optional<Secret> refreshToken(Account account) {
        return tokens.load(account.name()).flatMap(StoredTokens::refreshToken);
    }

    /** Forgets what is stored of the account, whatever it is. */
    public void wipe(Account account) throws InterruptedException {
        underLease(account.name(), () -> sealed.delete(account.name()));
    }

    public Known known(Account account) {
        Optional<OAuthClient> client = account.oauth();
        if (client.isEmpty()) {
            return new Known(Optional.empty(), false);
        }
        Optional<StoredTokens> stored = tokens.load(account.name());
        GrantPlan plan = new GrantPlan(account, client.get());
        Optional<Instant> ends =
                stored.filter(plan::fits).flatMap(StoredTokens::accessToken).map(token -> token.expiresAt());
        boolean byLogin = account.grant() == GrantType.AUTHORIZATION_CODE || account.grant() == GrantType.DEVICE_CODE;
        return new Known(
                ends, byLogin && stored.flatMap(StoredTokens::refreshToken).isEmpty());
    }

    private void underLease(String account, Runnable work) throws InterruptedException {
        String name = TokenRefresh.leaseName(account);
        String owner = UUID.randomUUID().toString();
        for (int poll = 0; poll < MOST_POLLS; poll++) {
            Instant now = clock.instant();
            if (leases.acquire(name, owner, now.plus(LEASE), now)) {
                try {
                    work.run();
                } finally {
                    leases.release(name, owner);
                }
                return;
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        throw new TransientTokenException(
                "Account " + account + ": other processes have been asking for its token for too long. Try again.",
                Duration.ZERO);
    }

    @Override
    public void close() {
        store.close();
    }
}
