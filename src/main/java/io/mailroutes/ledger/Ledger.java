package io.mailroutes.ledger;

import io.mailroutes.store.Store;
import java.time.Clock;

/** What has been delivered, for all accounts. */
public final class Ledger {
    public Ledger(Store store, Clock clock) {
        throw new UnsupportedOperationException("skeleton" + store + clock);
    }

    /** The ledger of one folder; the same instance must not be used by two consumers. */
    public FolderLedger folder(String account, String folder) {
        throw new UnsupportedOperationException("skeleton" + account + folder);
    }
}
