package io.mailroutes.token;

import io.mailroutes.store.LeaseRows;
import java.time.Instant;

/** Leases as rows of the store. */
public final class StoreLeases implements Leases {
    private final LeaseRows rows;

    public StoreLeases(LeaseRows rows) {
        this.rows = rows;
    }

    @Override
    public boolean acquire(String name, String owner, Instant until, Instant now) {
        return rows.acquire(name, owner, until, now);
    }

    @Override
    public void release(String name, String owner) {
        rows.release(name, owner);
    }
}
