package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.ImapException;
import io.mailroutes.imap.PermanentImapException;
import io.mailroutes.imap.SelectedFolder;
import io.mailroutes.ledger.FolderLedger;
import io.mailroutes.message.UidSet;
import java.time.Duration;
import java.util.Queue;

/**
 * One connection's work on one folder: fetch what is to be delivered, deliver it, write down the outcome, tell the
 * server. Used by the folder's loop alone.
 */
final class FolderSession {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    /** How many sizes are asked for with one command. */
    private static final int LISTED_TOGETHER = 5_000;

    /** How long outcomes may wait to be written down together. */
    private static final Duration TOGETHER = Duration.ofMillis(250);

    /** How long the server may wait to be told what is delivered while more is. */
    private static final Duration TELL = Duration.ofSeconds(2);

    /** Servers close a connection that is silent for too long. */
    private static final Duration HEAR = Duration.ofSeconds(30);

    private final Folder folder;
    private final ImapConnection connection;
    private final SelectedFolder selected;
    private long toldAt = System.nanoTime();
    private long heardAt = System.nanoTime();

    private FolderSession(Folder folder, ImapConnection connection, SelectedFolder selected) {
        this.folder = folder;
        this.connection = connection;
        this.selected = selected;
    }

    /** Opens the folder and tells the server what an earlier connection could not. */
    static FolderSession open(Folder folder, ImapConnection connection) {
        MailboxOptions options = folder.options();
        SelectedFolder selected = connection.select(folder.name(), options.readOnly());
        if (selected.readOnly() && !options.readOnly()) {
            throw new PermanentImapException(
                    PermanentImapException.Reason.NO_FOLDER,
                    "account " + options.account() + ": the server opens the folder " + folder.name()
                            + " for reading only, so a delivered mail could not be marked there: give "
                            + "the user of the account the right to change it, or set onDelivered=none",
                    null);
        }
        FolderSession session = new FolderSession(folder, connection, selected);
        session.openLedger();
        folder.acknowledger().acknowledge(connection);
        return session;
    }

    private void openLedger() {
        FolderLedger ledger = folder.ledger();
        FolderLedger.Opening opening = ledger.open(selected.uidValidity());
        folder.opened(selected.uidValidity());
        Candidates candidates = folder.candidates();
        switch (opening) {
            case NEW -> ledger.begin(selected.uidValidity(), candidates.notWanted(connection, selected));
            case RENUMBERED -> {
                if (!folder.mayRenumber()) {
                    throw new FolderRenumberedException(folder.name());
                }
                ledger.restart(selected.uidValidity(), candidates.notWanted(connection, selected));
            }
            case KNOWN -> {
                // What the ledger knows still holds.
            }
        }
    }

    /** The highest UID at the time the folder was opened, for {@code --once}. */
    long lastUid() {
        return Candidates.last(connection, selected);
    }

    /** A round trip that makes new mail visible and proves that the connection lives. */
    void refresh() {
        connection.noop();
        heardAt = System.nanoTime();
        folder.status().alive();
    }

    /** Writes down the outcomes so far and tells the server. */
    void settle() {
        folder.settle();
        folder.acknowledger().acknowledge(connection);
    }

    /** As {@link #settle}, when the folder is stopping: mails in the route get some seconds to finish. */
    void settleLast() throws InterruptedException {
        folder.drain();
        folder.acknowledger().acknowledge(connection);
    }

    /** What is to be delivered now. */
    UidSet candidates() {
        return folder.wanted(connection, selected);
    }

    /** Delivers these mails until all are through, the sink fails or the folder is stopping. */
    void deliver(UidSet uids) throws InterruptedException {
        UidSet alone = folder.fetchTrouble().alone().and(uids);
        UidSet left = uids.minus(alone);
        while (!left.isEmpty() && canGoOn()) {
            UidSet part = left.first(LISTED_TOGETHER);
            left = left.minus(part);
            deliver(batches(part));
        }
        if (canGoOn()) {
            deliver(Batches.alone(alone));
        }
        awaitDelivered();
    }

    private Queue<UidSet> batches(UidSet uids) {
        try {
            // Two are asked for at a time: together they fill what may be held.
            Queue<UidSet> batches =
                    Batches.cut(connection.summaries(uids), folder.options().prefetchSize() / 2);
            UidSet listed = batches.stream().reduce(UidSet.EMPTY, UidSet::plus);
            folder.fetchTrouble().notListed(uids.minus(listed));
            return batches;
        } catch (ImapException e) {
            folder.fetchTrouble().notListed(uids);
            throw new FetchFailedException(e);
        }
    }

    private void deliver(Queue<UidSet> batches) throws InterruptedException {
        while (!batches.isEmpty() && hasRoom()) {
            Stretch stretch = new Stretch(folder, selected, batches);
            try {
                connection.fetch(stretch);
            } catch (ImapException e) {
                folder.fetchTrouble().failed(stretch.unanswered());
                throw new FetchFailedException(e);
            }
            keepUp();
        }
    }

    private boolean canGoOn() {
        return !folder.isStopping() && !folder.isStuck() && !folder.isSinkDown();
    }

    /** Mails that were handed over may wait elsewhere: no more of them than prefetchSize. Waits until that is so. */
    private boolean hasRoom() throws InterruptedException {
        while (canGoOn() && folder.inFlight().bytes() > folder.options().prefetchSize() / 2) {
            folder.await(LOOK_AGAIN);
            keepUp();
        }
        return canGoOn();
    }

    /** Waits until none of our threads is in the route. */
    private void awaitDelivered() throws InterruptedException {
        while (!folder.deliverer().awaitIdle(TOGETHER) && canGoOn()) {
            keepUp();
        }
        settle();
    }

    /** What must not wait for a slow route: outcomes are written down, the server is told and hears from us. */
    private void keepUp() {
        folder.settleWhenDue();
        long now = System.nanoTime();
        if (now - toldAt > TELL.toNanos()) {
            folder.acknowledger().acknowledge(connection);
            toldAt = now;
        }
        if (now - heardAt > HEAR.toNanos()) {
            refresh();
        }
    }
}
