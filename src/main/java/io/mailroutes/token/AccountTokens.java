package io.mailroutes.token;

import io.mailroutes.account.Account;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.ProviderTable;
import io.mailroutes.account.Secret;
import io.mailroutes.account.Settings;
import io.mailroutes.oauth.HttpLimits;
import io.mailroutes.oauth.TokenResponse;
import io.mailroutes.store.ActivityRows;
import io.mailroutes.store.SealedTokens;
import io.mailroutes.store.Store;
import io.mailroutes.store.StoreKeys;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The stored tokens of every account, for commands that run beside the process that reads the mail. */
public final class AccountTokens implements AutoCloseable {

    private final Store store;
    private final SealedTokens sealed;
    private final ActivityRows activities;
    private final TokenStorage storage;
    private final ProviderTable providers = ProviderTable.load();
    private final Clock clock;

    private AccountTokens(Store store, StoreKeys keys, Clock clock) {
        this.store = store;
        this.sealed = new SealedTokens(store, keys);
        this.activities = new ActivityRows(store);
        this.storage = TokenStorage.in(store, keys, clock);
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
        return new TokenSources(
                        storage,
                        clock,
                        () -> ThreadLocalRandom.current().nextDouble(),
                        Runnable::run,
                        HttpLimits.DEFAULT)
                .of(account);
    }

    /**
     * Replaces what is stored by what a login gave. Waits for a refresh that another process is at, whose tokens would
     * otherwise come after these.
     *
     * @throws io.mailroutes.store.StoreException when the old ones are still in place
     */
    public void save(Account account, OAuthClient client, TokenResponse response) throws InterruptedException {
        StoredTokens given = new GrantPlan(account, client).toStore(response, clock.instant());
        underLease(account.name(), () -> storage.tokens().save(account.name(), given));
        storage.standings().cleared(account.name());
    }

    /** The refresh token that is stored; empty when there is none. */
    public Optional<Secret> refreshToken(Account account) {
        return storage.tokens().load(account.name()).flatMap(StoredTokens::refreshToken);
    }

    /** Forgets what is stored of the account, whatever it is. */
    public void wipe(Account account) throws InterruptedException {
        underLease(account.name(), () -> sealed.delete(account.name()));
        storage.standings().cleared(account.name());
    }

    /**
     * What the configuration, the store and files say of an account. Asks no server.
     *
     * @throws io.mailroutes.store.StoreException when the store cannot be read
     */
    public KnownAccount known(Account account) {
        AccountFacts facts = AccountFacts.gather(account, storage, providers);
        boolean byLogin = account.grant() == GrantType.AUTHORIZATION_CODE || account.grant() == GrantType.DEVICE_CODE;
        return new KnownAccount(
                byLogin && !facts.hasRefreshToken(),
                facts.row().refusal(),
                facts.accessToken(),
                facts.history(),
                Forecast.of(facts, clock.instant()),
                activities.of(account.name()));
    }

    private void underLease(String account, Runnable work) throws InterruptedException {
        Pause pause = wait -> TimeUnit.MILLISECONDS.sleep(wait.toMillis());
        new TokenLease(account, storage.leases(), clock, pause).hold(() -> {
            work.run();
            return account;
        });
    }

    @Override
    public void close() {
        store.close();
    }
}
