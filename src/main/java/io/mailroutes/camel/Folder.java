package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.SelectedFolder;
import io.mailroutes.ledger.FolderLedger;
import io.mailroutes.message.UidSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What one folder keeps from connection to connection. Used by the folder's loop alone, but for {@link #stop}. */
final class Folder {
    /** How long outcomes may wait to be written down together. */
    private static final Duration TOGETHER = Duration.ofMillis(250);

    private final String name;
    private final MailboxOptions options;
    private final FolderLedger ledger;
    private final MailboxStatus status;
    private final Signal signal;
    private final InFlight inFlight;
    private final Deliverer deliverer;
    private final Settlement settlement;
    private final Candidates candidates;
    private final Acknowledger acknowledger;
    private final FetchTrouble fetchTrouble;
    private final boolean mayRenumber;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private long uidValidity;
    private long settledAt = System.nanoTime();

    Folder(
            String name,
            MailboxOptions options,
            FolderLedger ledger,
            MailboxStatus status,
            Signal signal,
            InFlight inFlight,
            Deliverer deliverer,
            Settlement settlement,
            Candidates candidates,
            FetchTrouble fetchTrouble,
            boolean mayRenumber) {
        this.name = name;
        this.options = options;
        this.ledger = ledger;
        this.status = status;
        this.signal = signal;
        this.inFlight = inFlight;
        this.deliverer = deliverer;
        this.settlement = settlement;
        this.candidates = candidates;
        this.fetchTrouble = fetchTrouble;
        this.mayRenumber = mayRenumber;
        this.acknowledger = new Acknowledger(ledger, options.onDelivered());
    }

    String name() {
        return name;
    }

    MailboxOptions options() {
        return options;
    }

    FolderLedger ledger() {
        return ledger;
    }

    MailboxStatus status() {
        return status;
    }

    InFlight inFlight() {
        return inFlight;
    }

    Deliverer deliverer() {
        return deliverer;
    }

    Candidates candidates() {
        return candidates;
    }

    Acknowledger acknowledger() {
        return acknowledger;
    }

    FetchTrouble fetchTrouble() {
        return fetchTrouble;
    }

    /** Whether a person has accepted that UIDVALIDITY changed. */
    boolean mayRenumber() {
        return mayRenumber;
    }

    /** What is to be delivered now. */
    UidSet wanted(ImapConnection connection, SelectedFolder selected) {
        return candidates.now(connection, selected, inFlight.uids()).minus(fetchTrouble.pausing());
    }

    /** The mails with which the sink failed and has not worked since. */
    UidSet suspects() {
        return settlement.suspects();
    }

    /** The folder was opened with this UIDVALIDITY. */
    void opened(long uidValidityNow) {
        this.uidValidity = uidValidityNow;
    }

    /** Writes down the outcomes so far. What cannot be written down is fetched again. */
    Settlement.Result settle() {
        settledAt = System.nanoTime();
        List<Outcome> outcomes = inFlight.take();
        try {
            // An outcome from before the folder was renumbered would speak of another mail.
            return settlement.settle(outcomes.stream()
                    .filter(outcome -> outcome.mail().key().uidValidity() == uidValidity)
                    .toList());
        } finally {
            outcomes.forEach(outcome -> outcome.mail().raw().discard());
        }
    }

    /** Writes down the outcomes so far when there is a failure among them or it is time. */
    Settlement.Result settleWhenDue() {
        if (inFlight.hasFailure() || System.nanoTime() - settledAt > TOGETHER.toNanos()) {
            return settle();
        }
        return Settlement.Result.NOTHING;
    }

    void await(Duration atMost) throws InterruptedException {
        if (!stopping.get()) {
            signal.await(atMost);
        }
    }

    boolean isStopping() {
        return stopping.get();
    }

    /** From any thread: no more mail is taken, what is in the route may finish. */
    void stop() {
        stopping.set(true);
        signal.raise();
    }
}
