package io.mailroutes.ledger;

import io.mailroutes.store.MailboxRows;
import io.mailroutes.store.Store;
import java.time.Clock;

/** What has been delivered, for all accounts. */
public final class Ledger {
    private final MailboxRows rows;
    private final Clock clock;

    public Ledger(Store store, Clock clock) {
        this.rows = new MailboxRows(store);
        this.clock = clock;
    }

    /**
     * The ledger of one folder. It remembers what it has read and written, so a folder must have one consumer, and the
     * consumer one instance. Reads nothing yet.
     *
     * @param folder the name as {@link io.mailroutes.message.DeliveryKey} has it
     */
    public FolderLedger folder(String account, String folder) {
        return new FolderLedger(rows, clock, account, folder);
    }
}
