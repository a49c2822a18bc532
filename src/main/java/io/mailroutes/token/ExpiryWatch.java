package io.mailroutes.token;

import io.mailroutes.account.Account;
import io.mailroutes.account.ProviderTable;
import io.mailroutes.store.StoreException;
import io.mailroutes.token.Expiry.Urgency;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at the start, and once a day, what will end within 14 days or has ended. */
final class ExpiryWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ExpiryWatch.class);
    private static final Duration DAY = Duration.ofDays(1);

    private final List<Account> accounts;
    private final TokenStorage storage;
    private final Clock clock;
    private final Executor background;
    private final ProviderTable providers = ProviderTable.load();
    private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

    ExpiryWatch(Collection<Account> accounts, TokenStorage storage, Clock clock, Executor background) {
        this.accounts = List.copyOf(accounts);
        this.storage = storage;
        this.clock = clock;
        this.background = background;
    }

    void tick() {
        Instant now = clock.instant();
        if (now.isBefore(next.get())) {
            return;
        }
        next.set(now.plus(DAY));
        try {
            background.execute(this::warn);
        } catch (RejectedExecutionException e) {
            LOG.debug("nothing is forecast while stopping");
        }
    }

    /** The soonest first. */
    List<Expiry> expiries() {
        Instant now = clock.instant();
        return accounts.stream()
                .flatMap(account -> Forecast.of(AccountFacts.gather(account, storage, providers), now).stream())
                .sorted(Comparator.comparing(Expiry::at))
                .toList();
    }

    private void warn() {
        try {
            expiries().stream()
                    .filter(expiry -> expiry.urgency() != Urgency.FINE)
                    .forEach(expiry -> LOG.warn(
                            "Account {}: its {} {} on {}. {}",
                            expiry.account(),
                            expiry.what().words(),
                            expiry.urgency() == Urgency.OVER ? "ended" : "ends",
                            expiry.at(),
                            expiry.advice()));
        } catch (StoreException e) {
            LOG.debug("no forecast, the store cannot be read: {}", e.getMessage());
        }
    }
}
