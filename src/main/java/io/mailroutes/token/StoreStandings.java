package io.mailroutes.token;

import io.mailroutes.store.AccountRow;
import io.mailroutes.store.AccountRows;
import io.mailroutes.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Standings as rows of the store. */
final class StoreStandings implements Standings {
    private static final Logger LOG = LoggerFactory.getLogger(StoreStandings.class);

    private final AccountRows rows;

    StoreStandings(AccountRows rows) {
        this.rows = rows;
    }

    @Override
    public void refused(String account, String reason, Instant now) {
        tell(account, () -> rows.refuse(account, reason, now));
    }

    @Override
    public void cleared(String account) {
        tell(account, () -> rows.clear(account));
    }

    @Override
    public void consentEnded(String account, Duration lived) {
        tell(account, () -> rows.consentEnded(account, lived));
    }

    @Override
    public AccountRow of(String account) {
        return rows.find(account);
    }

    private static void tell(String account, Runnable write) {
        try {
            write.run();
        } catch (StoreException e) {
            // It is only shown; whoever depends on the store meets the same failure where it matters.
            LOG.warn("Account {}: `mailroutes accounts` may show an old state of it: {}", account, e.getMessage());
        }
    }
}
