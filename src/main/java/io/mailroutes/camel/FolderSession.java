package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.ImapException;
import io.mailroutes.imap.MailSummary;
import io.mailroutes.imap.PermanentImapException;
import io.mailroutes.imap.SelectedFolder;
import io.mailroutes.imap.TransientImapException;
import io.mailroutes.message.UidSet;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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

    private final Folder folder;
    private final ImapConnection connection;
    private final SelectedFolder selected;
    private final Waiting waiting;
    private long toldAt = System.nanoTime();

    private FolderSession(Folder folder, ImapConnection connection, SelectedFolder selected, Clock clock) {
        this.folder = folder;
        this.connection = connection;
        this.selected = selected;
        this.waiting = new Waiting(folder, connection, clock);
    }

    /** Opens the folder and tells the server what an earlier connection could not. */
    static FolderSession open(Folder folder, ImapConnection connection, Clock clock) throws InterruptedException {
        MailboxOptions options = folder.options();
        folder.places().resolve(connection);
        SelectedFolder selected = connection.select(folder.name(), options.readOnly());
        if (selected.readOnly() && !options.readOnly()) {
            throw new PermanentImapException(
                    PermanentImapException.Reason.NO_FOLDER,
                    "account " + options.account() + ": the server opens the folder " + folder.name()
                            + " for reading only, so a delivered mail could not be marked there: give "
                            + "the user of the account the right to change it, or set onDelivered=none",
                    null);
        }
        FolderSession session = new FolderSession(folder, connection, selected, clock);
        new LedgerOpening(folder, connection, selected).open();
        folder.largeMails().opened(selected);
        folder.acknowledger().acknowledge(connection);
        return session;
    }

    /** The highest UID at the time the folder was opened, for {@code --once}. */
    long lastUid() {
        return Candidates.last(connection, selected);
    }

    Waiting waiting() {
        return waiting;
    }

    /** Writes down the outcomes so far and tells the server. */
    void settle() {
        folder.settle();
        folder.acknowledger().acknowledge(connection);
    }

    /** As {@link #settle}, before the connection ends: when the folder is stopping, mails get some seconds to finish. */
    void settleLast() throws InterruptedException {
        folder.drain();
        folder.acknowledger().acknowledge(connection);
    }

    /** What is to be delivered now. */
    UidSet candidates() {
        return folder.wanted(connection, selected);
    }

    /** Delivers these mails until all are through, the sink fails or the folder is stopping. */
    void deliver(UidSet wanted) throws InterruptedException {
        UidSet uids = withoutLarge(wanted);
        UidSet alone = folder.fetchTrouble().alone().and(uids);
        UidSet arrived = folder.arrived(uids.minus(alone));
        try {
            fetch(arrived);
            fetch(uids.minus(alone).minus(arrived));
            if (canGoOn()) {
                deliver(Batches.alone(alone));
            }
            awaitDelivered();
        } finally {
            folder.twins().throughWithAllBut(folder.inFlight().uids());
        }
    }

    private UidSet withoutLarge(UidSet uids) {
        return folder.largeMails().quarantine(connection, selected, uids);
    }

    private void fetch(UidSet uids) throws InterruptedException {
        UidSet left = uids;
        while (!left.isEmpty() && canGoOn()) {
            UidSet part = left.first(LISTED_TOGETHER);
            left = left.minus(part);
            deliver(batches(part, summaries(part)));
        }
    }

    private List<MailSummary> summaries(UidSet uids) {
        try {
            return connection.summaries(uids);
        } catch (ImapException e) {
            if (!isRecycled(e)) {
                folder.fetchTrouble().notListed(uids);
            }
            throw new FetchFailedException(e);
        }
    }

    private Queue<UidSet> batches(UidSet uids, List<MailSummary> listed) {
        folder.largeMails().look(connection, listed);
        UidSet left = withoutLarge(uids);
        List<MailSummary> some =
                listed.stream().filter(mail -> left.contains(mail.uid())).toList();
        folder.fetchTrouble()
                .notListed(
                        left.minus(UidSet.of(some.stream().map(MailSummary::uid).toList())));
        // Two are asked for at a time: together they fill what may be held.
        return Batches.cut(
                folder.twins().toDeliver(connection, some), folder.options().prefetchSize() / 2);
    }

    private void deliver(Queue<UidSet> batches) throws InterruptedException {
        while (!batches.isEmpty() && hasRoom()) {
            Stretch stretch = new Stretch(folder, selected, batches);
            try {
                connection.fetch(stretch);
            } catch (ImapException e) {
                if (!isRecycled(e) && !folder.largeMails().take(e, stretch.unanswered())) {
                    folder.fetchTrouble().failed(stretch.unanswered());
                }
                throw new FetchFailedException(e);
            }
            keepUp();
        }
    }

    /** That a token has ended is no mail's doing. */
    private static boolean isRecycled(ImapException e) {
        return e instanceof TransientImapException end && end.kind() == TransientImapException.Kind.SESSION_ENDED;
    }

    private boolean canGoOn() {
        return !folder.isStopping() && !folder.isStuck() && !folder.isSinkDown() && !waiting.isOver();
    }

    /** Mails that were handed over may wait elsewhere: no more of them than prefetchSize. Waits until that is so. */
    private boolean hasRoom() throws InterruptedException {
        while (canGoOn() && folder.inFlight().bytes() > folder.options().prefetchSize() / 2) {
            folder.await(LOOK_AGAIN);
            keepUp();
        }
        return canGoOn();
    }

    /** Waits until one more mail could be begun: a slow one must not keep the others waiting, if it need not. */
    private void awaitDelivered() throws InterruptedException {
        while (!folder.deliverer().awaitFree(TOGETHER) && canGoOn()) {
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
        waiting.refreshWhenDue();
    }
}
