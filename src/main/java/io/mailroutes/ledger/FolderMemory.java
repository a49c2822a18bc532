package io.mailroutes.ledger;

import io.mailroutes.message.UidSet;
import io.mailroutes.store.MailRow;
import io.mailroutes.store.MailRow.MailError;
import io.mailroutes.store.MailState;
import io.mailroutes.store.MailboxRows;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the rows of one folder say, so that questions cost no SQL. Changed only after the disk has the change. */
final class FolderMemory {
    /** As much of an error's text as is kept, in characters; the whole text is in the dead letter. */
    private static final int ERROR_TEXT_LIMIT = 2000;

    private final TreeMap<Long, MailRow> mails = new TreeMap<>();
    private UidSet done = UidSet.EMPTY;
    private UidSet held = UidSet.EMPTY;
    private long backlogUntil = 1;
    private @Nullable UidSet settled;

    void reset(MailboxRows.Contents contents) {
        done = Ranges.set(contents.done());
        held = Ranges.set(contents.held());
        backlogUntil = contents.backlogUntil();
        mails.clear();
        contents.mails().forEach(row -> mails.put(row.uid(), row));
        settled = null;
    }

    void put(MailRow row) {
        mails.put(row.uid(), row);
        if (row.state().isSettled()) {
            settled = null;
        }
    }

    void finish(UidSet uids) {
        done = done.plus(uids);
        mails.keySet().removeIf(uids::contains);
        settled = null;
    }

    void reopen(UidSet uids) {
        done = done.minus(uids);
        settled = null;
    }

    void release(UidSet notWanted) {
        held = UidSet.EMPTY;
        finish(notWanted);
    }

    UidSet done() {
        return done;
    }

    UidSet held() {
        return held;
    }

    long backlogUntil() {
        return backlogUntil;
    }

    Optional<MailRow> row(long uid) {
        return Optional.ofNullable(mails.get(uid));
    }

    boolean isSettled(long uid) {
        MailRow row = mails.get(uid);
        return row == null
                ? done.contains(uid) || held.contains(uid)
                : row.state().isSettled();
    }

    UidSet settled() {
        UidSet known = settled;
        if (known == null) {
            known = done.plus(held)
                    .plus(UidSet.of(mails.values().stream()
                            .filter(row -> row.state().isSettled())
                            .map(MailRow::uid)
                            .toList()));
            settled = known;
        }
        return known;
    }

    UidSet in(MailState state) {
        return UidSet.of(mails.values().stream()
                .filter(row -> row.state() == state)
                .map(MailRow::uid)
                .toList());
    }

    List<Attempt> waiting() {
        return mails.values().stream().flatMap(row -> attempt(row).stream()).toList();
    }

    Optional<Attempt> attempt(long uid) {
        return Optional.ofNullable(mails.get(uid)).flatMap(FolderMemory::attempt);
    }

    /** One failure more, of whose text the beginning is kept. */
    MailRow failedRow(long uid, MailError error, Instant nextAttempt, Instant now) {
        int attempts = attempt(uid).map(Attempt::attempts).orElse(0) + 1;
        String text = error.text().substring(0, Math.min(error.text().length(), ERROR_TEXT_LIMIT));
        Optional<Instant> next = Optional.of(nextAttempt.truncatedTo(ChronoUnit.MILLIS));
        return new MailRow(uid, MailState.WAITING, attempts, next, Optional.of(new MailError(error.type(), text)), now);
    }

    /** The failures before stay on record. */
    MailRow settledRow(long uid, MailState state, Instant now) {
        Optional<MailRow> before = Optional.ofNullable(mails.get(uid));
        Optional<MailError> error = before.flatMap(MailRow::error);
        return new MailRow(uid, state, before.map(MailRow::attempts).orElse(0), Optional.empty(), error, now);
    }

    private static Optional<Attempt> attempt(MailRow row) {
        return row.state() == MailState.WAITING
                ? row.nextAttempt().map(next -> new Attempt(row.uid(), row.attempts(), next))
                : Optional.empty();
    }
}
