package io.mailroutes.ledger;

import io.mailroutes.message.UidSet;
import io.mailroutes.store.MailRow;
import io.mailroutes.store.MailRow.MailError;
import io.mailroutes.store.MailState;
import io.mailroutes.store.Mailbox;
import io.mailroutes.store.MailboxRows;
import io.mailroutes.store.TraceRow;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What has become of the mails of one folder. A UID is <em>done</em> (delivered or quarantined, and acknowledged on
 * the server), <em>unacknowledged</em> (delivered or quarantined, but not yet flagged, moved or deleted there),
 * <em>waiting</em> (failed, to be tried again) or unknown (to be delivered). Every change is on the disk when its
 * method returns; when it throws, nothing has changed. Questions are answered from memory. Safe for many threads.
 *
 * <p>Throws {@link io.mailroutes.store.StoreException} when the state cannot be read or written, and
 * {@link IllegalStateException} when it is used before {@link #open} and {@link #begin}.
 */
public final class FolderLedger {
    private final MailboxRows rows;
    private final Clock clock;
    private final String account;
    private final Supplier<String> folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final FolderMemory memory = new FolderMemory();
    private boolean loaded;
    private boolean renumbered;
    private @Nullable Mailbox mailbox;

    FolderLedger(MailboxRows rows, Clock clock, String account, Supplier<String> folder) {
        this.rows = rows;
        this.clock = clock;
        this.account = account;
        this.folder = folder;
    }

    /** What {@link #open} found. */
    public enum Opening {
        /** The folder was never opened: call {@link #begin}. */
        NEW,
        /** The folder is the one we know. */
        KNOWN,
        /**
         * UIDVALIDITY has changed (RFC 3501 section 2.3.1.1): no UID that we know means anything any more. What we know
         * stays, and changes still go to it, for mails of the old numbering may be in flight; questions about all mails, as {@link #settled}, fail until
         * {@link #restart}, or until {@code open} finds the old numbering again.
         */
        RENUMBERED
    }

    /** To be called after each SELECT. */
    public Opening open(long uidValidity) {
        return locked(() -> {
            if (!loaded) {
                rows.load(account, folder.get()).ifPresent(contents -> {
                    memory.reset(contents);
                    mailbox = contents.mailbox();
                });
                loaded = true;
            }
            renumbered = mailbox != null && mailbox.uidValidity() != uidValidity;
            if (mailbox == null) {
                return Opening.NEW;
            }
            return renumbered ? Opening.RENUMBERED : Opening.KNOWN;
        });
    }

    /**
     * First opening: these UIDs are done, for they are not wanted.
     *
     * @param backlogUntil see {@link #backlogUntil}
     */
    public void begin(long uidValidity, UidSet notWanted, long backlogUntil) {
        locked(() -> {
            if (!loaded || mailbox != null) {
                throw wrongState(loaded ? "has begun already" : "is not open");
            }
            return start(NewNumbering.first(uidValidity, notWanted, backlogUntil), List.of());
        });
    }

    /** After {@link Opening#RENUMBERED}: by what mails of the old numbering are known again. */
    public Memories memories() {
        return locked(() -> {
            MailboxRows.Traces traces = rows.traces(mailbox());
            return new Memories(traces.rows().stream().map(Trace::of).toList(), traces.last());
        });
    }

    /**
     * After {@link Opening#RENUMBERED}: goes over to the new numbering. A failed mail keeps its attempts, one that the
     * server was not told about is still to be told. No mail of the old numbering may be in flight any more: what is
     * reported later is taken for the new one. (Another instance that still has the old numbering is refused.)
     */
    public void restart(long newUidValidity, Renumbering found) {
        locked(() -> {
            if (!renumbered) {
                throw wrongState("was not renumbered");
            }
            NewNumbering numbering = new NewNumbering(found, memory);
            return start(
                    numbering.contents(newUidValidity, clock.instant()),
                    numbering.traces(rows.traces(mailbox()).rows()));
        });
    }

    /** Too old to be new and not known, since the folder was renumbered: not delivered until {@link #release}. */
    public UidSet held() {
        return ask(memory::held);
    }

    /** A person has accepted that held mails come again: these of them are not wanted, the others are to be delivered. */
    public void release(UidSet notWanted) {
        locked(() -> {
            rows.release(mailbox(), Ranges.of(notWanted));
            memory.release(notWanted);
            return memory;
        });
    }

    /** What has a UID below this one was there when the folder was begun: it must not keep new mail waiting. */
    public long backlogUntil() {
        return ask(memory::backlogUntil);
    }

    /** All UIDs that are done or unacknowledged: not to be delivered. */
    public UidSet settled() {
        return ask(memory::settled);
    }

    /** Delivered, but the server has not been told, because a crash or a cut came between. */
    public UidSet unacknowledgedDelivered() {
        return ask(() -> memory.in(MailState.DELIVERED));
    }

    /** As {@link #unacknowledgedDelivered}, of the quarantined ones, which are flagged and not moved. */
    public UidSet unacknowledgedQuarantined() {
        return ask(() -> memory.in(MailState.QUARANTINED));
    }

    /** The failed mails, due or not, by ascending UID. */
    public List<Attempt> waiting() {
        return ask(memory::waiting);
    }

    /** The attempts of one mail so far; empty when it never failed or is settled. */
    public Optional<Attempt> attempt(long uid) {
        return locked(() -> memory.attempt(uid));
    }

    /** The sink has these mails. One transaction for all; those that are settled already stay as they are. */
    public void delivered(Collection<Trace> mails) {
        settle(mails, MailState.DELIVERED);
    }

    /**
     * A failed attempt is counted.
     *
     * @param nextAttempt kept to the millisecond
     * @throws IllegalStateException when the mail is settled, for then it is not to be tried again
     */
    public Attempt failed(Trace mail, String errorClass, String errorText, Instant nextAttempt) {
        return locked(() -> {
            Mailbox current = mailbox();
            long uid = mail.uid();
            if (memory.isSettled(uid)) {
                throw wrongState("has settled mail " + uid + " already, which cannot fail any more");
            }
            MailRow row = memory.failedRow(uid, new MailError(errorClass, errorText), nextAttempt, clock.instant());
            rows.put(current, List.of(row), mail.row().stream().toList(), Optional.empty());
            memory.put(row);
            return memory.attempt(uid).orElseThrow();
        });
    }

    /** The dead letter of this mail is on the disk. A mail that is settled already stays as it is. */
    public void quarantined(Trace mail) {
        settle(List.of(mail), MailState.QUARANTINED);
    }

    /**
     * The server has been told: these UIDs are done.
     *
     * @throws IllegalArgumentException when one of them is neither delivered nor quarantined: it would be lost
     */
    public void acknowledged(UidSet uids) {
        locked(() -> {
            mailbox();
            UidSet open = uids.minus(memory.settled());
            if (!open.isEmpty()) {
                throw new IllegalArgumentException("mails " + open + " of folder " + folder.get() + " of account "
                        + account + " are not delivered, so they cannot be acknowledged");
            }
            return finish(uids);
        });
    }

    /** The server does not have these any more (expunged by others, or never used): they are done. */
    public void gone(UidSet uids) {
        locked(() -> finish(uids));
    }

    /** Whichever of these are done are unknown again: somebody marked them as unread, and that is what is asked for. */
    public void reopened(UidSet uids) {
        locked(() -> {
            Mailbox current = mailbox();
            UidSet again = uids.and(memory.done());
            if (!again.isEmpty()) {
                rows.reopen(current, Ranges.of(again));
                memory.reopen(again);
            }
            return current;
        });
    }

    private <T> T ask(Supplier<T> question) {
        return locked(() -> {
            mailbox();
            if (renumbered) {
                throw wrongState("was renumbered by the server");
            }
            return question.get();
        });
    }

    private void settle(Collection<Trace> mails, MailState state) {
        locked(() -> {
            Mailbox current = mailbox();
            Instant now = clock.instant();
            List<Trace> fresh = mails.stream()
                    .distinct()
                    .filter(mail -> !memory.isSettled(mail.uid()))
                    .toList();
            if (!fresh.isEmpty()) {
                List<MailRow> changed = fresh.stream()
                        .map(mail -> memory.settledRow(mail.uid(), state, now))
                        .toList();
                List<TraceRow> traces =
                        fresh.stream().flatMap(mail -> mail.row().stream()).toList();
                rows.put(
                        current,
                        changed,
                        traces,
                        fresh.stream().map(Trace::internalDate).max(Instant::compareTo));
                changed.forEach(memory::put);
            }
            return current;
        });
    }

    private Mailbox finish(UidSet uids) {
        Mailbox current = mailbox();
        UidSet fresh = uids.minus(memory.done());
        if (!fresh.isEmpty()) {
            rows.settle(current, Ranges.of(fresh));
            memory.finish(fresh);
        }
        return current;
    }

    private Mailbox start(MailboxRows.Contents contents, List<TraceRow> traces) {
        Mailbox started = rows.start(account, folder.get(), contents, traces, clock.instant());
        memory.reset(contents);
        renumbered = false;
        mailbox = started;
        return started;
    }

    private Mailbox mailbox() {
        if (mailbox == null) {
            throw wrongState("has not begun");
        }
        return mailbox;
    }

    private IllegalStateException wrongState(String what) {
        return new IllegalStateException(
                "the ledger of folder " + folder.get() + " of account " + account + " " + what);
    }

    /** Not {@code synchronized}: that would hold the carrier of a virtual thread while the disk is waited for. */
    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
