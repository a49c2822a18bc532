package io.mailroutes.ledger;

import io.mailroutes.message.UidSet;
import io.mailroutes.store.MailboxRows;
import io.mailroutes.store.Store;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

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
        return folder(account, () -> folder);
    }

    /** As {@link #folder(String, String)}, with a name that is known when the ledger is opened and stays the same. */
    public FolderLedger folder(String account, Supplier<String> folder) {
        return new FolderLedger(rows, clock, account, folder);
    }

    /**
     * The held mails of each folder of an account, see {@link FolderLedger#held}; what another process wrote down
     * included.
     */
    public Map<String, UidSet> held(String account) {
        Map<String, UidSet> held = new TreeMap<>();
        rows.held(account).forEach((folder, ranges) -> held.put(folder, Ranges.set(ranges)));
        return held;
    }
}
