package io.mailroutes.token;

import io.mailroutes.account.Account;
import io.mailroutes.account.GrantType;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;

/**
 * The token sources of an installation, one for each account, and what happens to their tokens when nobody asks: they
 * are replaced before their end, kept alive, and whatever of an account will end soon is told once a day.
 *
 * <p>It has no thread and no clockwork of its own: whoever owns it calls {@link #tick} about once a second, and stops
 * calling it when it closes.
 */
public final class TokenKeeper {
    /** Between two accounts on average, when they begin to be looked after. */
    private static final Duration SPREAD = Duration.ofMillis(500);

    private final Map<String, TokenSource> sources = new LinkedHashMap<>();
    private final List<Upkeep> upkeeps;
    private final ExpiryWatch watch;

    /**
     * @param random from 0 up to 1
     * @param background runs what takes time
     */
    public TokenKeeper(
            Collection<Account> accounts,
            TokenSources makes,
            TokenStorage storage,
            Clock clock,
            DoubleSupplier random,
            Executor background) {
        this.upkeeps = accounts.stream()
                .map(account -> keep(account, makes))
                .flatMap(Optional::stream)
                .toList();
        Duration spread = SPREAD.multipliedBy(upkeeps.size());
        upkeeps.forEach(upkeep ->
                upkeep.startAt(clock.instant().plusMillis((long) (spread.toMillis() * random.getAsDouble()))));
        this.watch = new ExpiryWatch(accounts, storage, clock, background);
        accounts.stream()
                .filter(account -> account.grant() == GrantType.PASSWORD)
                // It is tried again, as it stands in the configuration now; there is no other sign that it has changed.
                .forEach(account -> storage.standings().cleared(account.name()));
    }

    private Optional<Upkeep> keep(Account account, TokenSources makes) {
        TokenSources.Kept kept = makes.kept(account);
        sources.put(account.name(), kept.source());
        return kept.upkeep();
    }

    /** @throws java.util.NoSuchElementException when there is no such account */
    public TokenSource source(String account) {
        return Optional.ofNullable(sources.get(account)).orElseThrow();
    }

    /** Begins in the background what is due by now; returns at once and throws nothing. */
    public void tick() {
        upkeeps.forEach(Upkeep::tick);
        watch.tick();
    }

    /**
     * What will end and when, of all accounts, the soonest first. Reads the store: for a metric, ask once in a while.
     *
     * @throws io.mailroutes.store.StoreException when it cannot be read
     */
    public List<Expiry> expiries() {
        return watch.expiries();
    }
}
