package io.mailroutes.token;

import java.time.Instant;

/**
 * Lets one of several processes on the same store do something: {@link io.mailroutes.store.LeaseRows} for a real store.
 * Both methods may throw {@link io.mailroutes.store.StoreException}.
 */
public interface Leases {
    /** Takes the lease when it is free, over, or the owner's own already; says whether it is the owner's now. */
    boolean acquire(String name, String owner, Instant until, Instant now);

    /** Gives the lease back if it is still the owner's. */
    void release(String name, String owner);
}
