package io.mailroutes.token;

import io.mailroutes.account.Account;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Secret;
import io.mailroutes.account.Settings;
import io.mailroutes.oauth.HttpLimits;
import io.mailroutes.oauth.TokenResponse;
import io.mailroutes.store.LeaseRows;
import io.mailroutes.store.SecretBox;
import io.mailroutes.store.Store;
import io.mailroutes.store.StoreKey;
import io.mailroutes.store.TokenRows;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The stored tokens of every account, for commands that run beside the process that reads the mail. */
public final class AccountTokens implements AutoCloseable {
    /**
     * What is known of an account without asking anybody.
     *
     * @param accessTokenEnds when the stored access token ends; empty when there is none that fits the configuration
     * @param needsLogin whether a person has to log in before anything else
     */
    public record Known(Optional<Instant> accessTokenEnds, boolean needsLogin) {}

    private final Store store;
    private final TokenRows rows;
    private final SealedTokenStore tokens;
    private final Leases leases;
    private final Clock clock;

    private AccountTokens(Store store, StoreKey key, Clock clock) {
        this.store = store;
        this.rows = new TokenRows(store);
        this.tokens = new SealedTokenStore(rows, new SecretBox(key), clock);
        this.leases = new StoreLeases(new LeaseRows(store));
        this.clock = clock;
    }

    /** @throws io.mailroutes.store.StoreException when the store or its key cannot be opened */
    public static AccountTokens open(Settings settings, Clock clock) {
        Store store = Store.open(settings.dataDirectory(), settings.storeUrl(), clock);
        boolean opened = false;
        try {
            AccountTokens tokens = new AccountTokens(store, key(settings), clock);
            opened = true;
            return tokens;
        } finally {
            if (!opened) {
                store.close();
            }
        }
    }

    /** The key that the settings name, made when there is none yet. */
    public static StoreKey key(Settings settings) {
        return settings.storeKey()
                .map(key -> StoreKey.of(key.reveal()))
                .orElseGet(() -> StoreKey.inFile(
                        settings.storeKeyFile().orElse(settings.dataDirectory().resolve("store.key"))));
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
        StoredTokens given = new GrantPlan(account, client).toStore(response, clock.instant());
        underLease(account.name(), () -> tokens.save(account.name(), given));
    }

    /** The refresh token that is stored; empty when there is none. */
    public Optional<Secret> refreshToken(Account account) {
        return tokens.load(account.name()).flatMap(StoredTokens::refreshToken);
    }

    /** Forgets what is stored of the account, whatever it is. */
    public void wipe(Account account) throws InterruptedException {
        underLease(account.name(), () -> rows.delete(account.name()));
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
        Pause pause = wait -> TimeUnit.MILLISECONDS.sleep(wait.toMillis());
        new TokenLease(account, leases, clock, pause).hold(() -> {
            work.run();
            return account;
        });
    }

    @Override
    public void close() {
        store.close();
    }
}
