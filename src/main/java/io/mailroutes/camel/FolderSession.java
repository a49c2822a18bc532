package io.mailroutes.camel;

import io.mailroutes.imap.FetchedMail;
import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.ImapException;
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
import java.util.Optional;

/**
 * One connection's work on one folder: fetch what is to be delivered, deliver it, write down the outcome, tell the
 * server. Used by the folder's loop alone.
 */
final class FolderSession {
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
        SelectedFolder selected =
                connection.select(folder.name(), folder.options().readOnly());
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

    /** UIDNEXT minus one at the time the folder was opened, for {@code --once}. */
    long lastUid() {
        return selected.uidNext() > 0 ? selected.uidNext() - 1 : UidSet.MAX_UID;
    }

    /** A round trip that makes new mail visible and proves that the connection lives. */
    void refresh() {
        connection.noop();
        folder.status().alive();
    }

    /** Writes down the outcomes so far and tells the server. */
    Settlement.Result settle() {
        Settlement.Result result = folder.settle();
        folder.acknowledger().acknowledge(connection);
        return result;
    }

    /** What is to be delivered now. */
    UidSet candidates() {
        return folder.wanted(connection, selected);
    }

    /**
     * Delivers these mails, batch by batch.
     *
     * @return the failure of a sink that is down, which ends the work early
     */
    Optional<Throwable> deliver(UidSet uids) throws InterruptedException {
        List<UidSet> batches = Batches.cut(
                connection,
                uids,
                folder.options().prefetchSize(),
                folder.fetchTrouble().alone());
        for (UidSet batch : batches) {
            if (folder.isStopping()) {
                return Optional.empty();
            }
            awaitRoom();
            Optional<Throwable> sinkFailure = deliver(fetch(batch));
            if (sinkFailure.isPresent()) {
                return sinkFailure;
            }
        }
        return Optional.empty();
    }

    /** Mails that were handed over may wait elsewhere: no more of them than prefetchSize. */
    private void awaitRoom() throws InterruptedException {
        while (folder.inFlight().bytes() > folder.options().prefetchSize() && !folder.isStopping()) {
            folder.await(LOOK_AGAIN);
            settle();
        }
    }

    private Optional<Throwable> deliver(Deque<Mail> mails) throws InterruptedException {
        try {
            while (!mails.isEmpty() && !folder.isStopping()) {
                folder.deliverer().deliver(mails.removeFirst());
                Settlement.Result result = folder.settleWhenDue();
                if (!result.sinkFailures().isEmpty()) {
                    settle();
                    return Optional.of(result.sinkFailures().get(0));
                }
            }
        } finally {
            mails.forEach(mail -> mail.raw().discard());
        }
        folder.deliverer().awaitIdle();
        return settle().sinkFailures().stream().findFirst();
    }

    private Deque<Mail> fetch(UidSet batch) {
        List<FetchedMail> fetched = new ArrayList<>();
        try {
            connection.fetch(batch, fetched::add);
        } catch (RuntimeException e) {
            fetched.forEach(mail -> mail.content().discard());
            if (e instanceof ImapException) {
                folder.fetchTrouble().failed(batch);
            }
            throw e;
        }
        folder.fetchTrouble().fetched(batch);
        Deque<Mail> mails = new ArrayDeque<>();
        for (FetchedMail mail : fetched) {
            mails.add(toMail(mail));
        }
        return mails;
    }

    private Mail toMail(FetchedMail mail) {
        DeliveryKey key =
                new DeliveryKey(folder.options().account(), folder.name(), selected.uidValidity(), mail.uid());
        return Mail.of(key, mail.flags(), mail.internalDate(), mail.content(), MailLimits.DEFAULT);
    }
}
