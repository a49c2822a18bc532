package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.ImapException;
import io.mailroutes.imap.MailSummary;
import io.mailroutes.imap.MailWait;
import io.mailroutes.imap.PermanentImapException;
import io.mailroutes.imap.SelectedFolder;
import io.mailroutes.message.UidSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection's work on one folder: fetch what is to be delivered, deliver it, write down the outcome, tell the
 * server. Used by the folder's loop alone.
 */
final class FolderSession {
    private static final Logger LOG = LoggerFactory.getLogger(FolderSession.class);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    /** How many sizes are asked for with one command. */
    private static final int LISTED_TOGETHER = 5_000;

    /** How long outcomes may wait to be written down together. */
    private static final Duration TOGETHER = Duration.ofMillis(250);

    /** How long the server may wait to be told what is delivered while more is. */
    private static final Duration TELL = Duration.ofSeconds(2);

    /** A round trip at least so often proves that the connection lives, and keeps what is in between from closing it. */
    private static final Duration PROOF = Duration.ofSeconds(45);

    /** Servers close a connection that is silent for too long. */
    private static final Duration HEAR = Duration.ofSeconds(30);

    private final Folder folder;
    private final ImapConnection connection;
    private final SelectedFolder selected;
    private long toldAt = System.nanoTime();
    private long heardAt = System.nanoTime();

    private final Clock clock;
    private final Optional<Instant> renewAt;
    private boolean idles;

    private FolderSession(Folder folder, ImapConnection connection, SelectedFolder selected, Clock clock) {
        this.folder = folder;
        this.connection = connection;
        this.selected = selected;
        this.clock = clock;
        Instant now = clock.instant();
        // A token that was near its end already could not be had newer; the server decides then.
        this.renewAt = connection.renewAt().filter(now::isBefore);
        this.idles = folder.options().idle() && folder.mode() != RunMode.ONCE && connection.has("IDLE");
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
        folder.acknowledger().acknowledge(connection);
        return session;
    }

    /** The highest UID at the time the folder was opened, for {@code --once}. */
    long lastUid() {
        return Candidates.last(connection, selected);
    }

    /** A round trip that makes new mail visible and proves that the connection lives. */
    void refresh() {
        connection.noop();
        heard();
    }

    /** Whether a new connection is due, before the server cuts this one with the end of its token. */
    boolean isOver() {
        return renewAt.filter(clock.instant()::isAfter).isPresent();
    }

    /**
     * Waits until the server tells of a mail, something is finished in the route, or the time is over; with a round trip
     * every now and then, which finds a dead line.
     */
    void await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(atMost);
        long left = end - System.nanoTime();
        boolean finished = false;
        while (!finished && left > 0 && !connection.hasNews() && !folder.isStopping() && !isOver()) {
            finished = await(Math.min(left, PROOF.toNanos()));
            left = end - System.nanoTime();
        }
    }

    private boolean await(long nanos) throws InterruptedException {
        Duration slice = Duration.ofNanos(nanos);
        if (idles) {
            return idle(slice);
        }
        boolean finished = folder.await(slice);
        refresh();
        return finished;
    }

    private boolean idle(Duration slice) {
        MailWait wait = connection.waiting();
        boolean finished = folder.await(() -> wait.await(slice), wait::wake);
        if (wait.isRefused()) {
            LOG.warn(
                    "{}/{}: the server offers IDLE and refuses it: new mail is found by the poll every {} s alone",
                    folder.options().account(),
                    folder.name(),
                    folder.options().delay().toSeconds());
            idles = false;
        }
        heard();
        return finished;
    }

    private void heard() {
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
    void deliver(UidSet wanted) throws InterruptedException {
        UidSet uids = withoutLarge(wanted);
        UidSet alone = folder.fetchTrouble().alone().and(uids);
        UidSet arrived = folder.arrived(uids.minus(alone));
        fetch(arrived);
        fetch(uids.minus(alone).minus(arrived));
        if (canGoOn()) {
            deliver(Batches.alone(alone));
        }
        awaitDelivered();
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
            folder.fetchTrouble().notListed(uids);
            throw new FetchFailedException(e);
        }
    }

    private Queue<UidSet> batches(UidSet uids, List<MailSummary> listed) {
        folder.largeMails().look(connection, listed);
        UidSet left = withoutLarge(uids);
        List<MailSummary> some =
                listed.stream().filter(mail -> left.contains(mail.uid())).toList();
        // Two are asked for at a time: together they fill what may be held.
        Queue<UidSet> batches = Batches.cut(some, folder.options().prefetchSize() / 2);
        folder.fetchTrouble().notListed(left.minus(batches.stream().reduce(UidSet.EMPTY, UidSet::plus)));
        return batches;
    }

    private void deliver(Queue<UidSet> batches) throws InterruptedException {
        while (!batches.isEmpty() && hasRoom()) {
            Stretch stretch = new Stretch(folder, selected, batches);
            try {
                connection.fetch(stretch);
            } catch (ImapException e) {
                if (!folder.largeMails().take(e, stretch.unanswered())) {
                    folder.fetchTrouble().failed(stretch.unanswered());
                }
                throw new FetchFailedException(e);
            }
            keepUp();
        }
    }

    private boolean canGoOn() {
        return !folder.isStopping() && !folder.isStuck() && !folder.isSinkDown() && !isOver();
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
