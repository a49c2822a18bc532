package io.mailroutes.token;

import io.mailroutes.store.AccountRow;
import java.time.Duration;
import java.time.Instant;

/** What other processes are to see of an account. To be told is all: no failure of it stops a token. */
public interface Standings {
    /** A person has to act. */
    void refused(String account, String reason, Instant now);

    /** The account works, or begins anew. */
    void cleared(String account);

    /** The provider has ended a consent by itself, after this time. */
    void consentEnded(String account, Duration lived);

    /** @throws io.mailroutes.store.StoreException when it cannot be read */
    AccountRow of(String account);
}
