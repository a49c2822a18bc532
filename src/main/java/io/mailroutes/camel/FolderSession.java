package io.mailroutes.camel;

import io.mailroutes.imap.FetchedMail;
import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.ImapException;
import io.mailroutes.imap.PermanentImapException;
import io.mailroutes.imap.SelectedFolder;
import io.mailroutes.ledger.FolderLedger;
import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailLimits;
import io.mailroutes.message.UidSet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection's work on one folder: fetch what is to be delivered, deliver it, write down the outcome, tell the
 * server. Used by the folder's loop alone.
 */
final class FolderSession {
    private static final Logger LOG = LoggerFactory.getLogger(FolderSession.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final Folder folder;
    private final ImapConnection connection;
    private final SelectedFolder selected;

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

    /** Delivers these mails, batch by batch, until all are through, the sink fails or the folder is stopping. */
    void deliver(UidSet uids) throws InterruptedException {
        for (UidSet batch : batches(uids)) {
            if (folder.isSinkDown() || !hasRoom()) {
                return;
            }
            deliver(fetch(batch));
        }
    }

    private List<UidSet> batches(UidSet uids) {
        UidSet alone = folder.fetchTrouble().alone();
        try {
            List<UidSet> batches =
                    Batches.cut(connection, uids, folder.options().prefetchSize(), alone);
            UidSet listed = batches.stream().reduce(UidSet.EMPTY, UidSet::plus);
            folder.fetchTrouble().notListed(uids.minus(listed));
            return batches;
        } catch (ImapException e) {
            folder.fetchTrouble().notListed(uids);
            throw new FetchFailedException(e);
        }
    }

    /** Mails that were handed over may wait elsewhere: no more of them than prefetchSize. Waits until that is so. */
    private boolean hasRoom() throws InterruptedException {
        while (folder.inFlight().bytes() > folder.options().prefetchSize()) {
            if (folder.isStopping() || folder.isStuck() || folder.isSinkDown()) {
                return false;
            }
            folder.await(LOOK_AGAIN);
            settle();
        }
        return !folder.isStopping();
    }

    private void deliver(Deque<Mail> mails) throws InterruptedException {
        try {
            while (!mails.isEmpty() && !folder.isStopping() && !folder.isSinkDown()) {
                folder.deliverer().deliver(mails.removeFirst());
                folder.settleWhenDue();
            }
        } finally {
            mails.forEach(mail -> mail.raw().discard());
        }
        if (!folder.isSinkDown()) {
            folder.awaitIdle();
        }
        settle();
    }

    private Deque<Mail> fetch(UidSet batch) {
        List<FetchedMail> fetched = new ArrayList<>();
        try {
            connection.fetch(batch, fetched::add);
        } catch (RuntimeException e) {
            fetched.forEach(mail -> mail.content().discard());
            if (e instanceof ImapException failure) {
                folder.fetchTrouble().failed(batch);
                throw new FetchFailedException(failure);
            }
            throw e;
        }
        note(batch, UidSet.of(fetched.stream().map(FetchedMail::uid).toList()));
        Deque<Mail> mails = new ArrayDeque<>();
        for (FetchedMail mail : fetched) {
            mails.add(toMail(mail));
        }
        return mails;
    }

    /** A mail that is listed and not sent must not be missing in silence. */
    private void note(UidSet asked, UidSet sent) {
        folder.fetchTrouble().fetched(sent);
        UidSet again = folder.fetchTrouble().notSent(asked.minus(sent));
        if (!again.isEmpty()) {
            LOG.warn(
                    "{}/{}: the server lists the mails with UID {} and does not send them; they are asked for again, the"
                            + " others go on",
                    folder.options().account(),
                    folder.name(),
                    again);
        }
    }

    private Mail toMail(FetchedMail mail) {
        DeliveryKey key =
                new DeliveryKey(folder.options().account(), folder.name(), selected.uidValidity(), mail.uid());
        return Mail.of(key, mail.flags(), mail.internalDate(), mail.content(), MailLimits.DEFAULT);
    }
}
