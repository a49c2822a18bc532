package io.mailroutes.token;

import io.mailroutes.store.AccountRows;
import io.mailroutes.store.LeaseRows;
import io.mailroutes.store.SealedTokens;
import io.mailroutes.store.Store;
import io.mailroutes.store.StoreKeys;
import java.time.Clock;

/** What the processes on one store share of tokens. */
public record TokenStorage(TokenStore tokens, Leases leases, Standings standings) {
    public static TokenStorage in(Store store, StoreKeys keys, Clock clock) {
        return new TokenStorage(
                new SealedTokenStore(new SealedTokens(store, keys), clock),
                new StoreLeases(new LeaseRows(store)),
                new StoreStandings(new AccountRows(store)));
    }
}
