package io.mailroutes.ledger;

import io.mailroutes.message.UidSet;
import io.mailroutes.store.MailRow;
import io.mailroutes.store.MailState;
import io.mailroutes.store.Mailbox;
import io.mailroutes.store.MailboxRows;
import io.mailroutes.store.TraceRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries what is known of the mails of a folder over to their new UIDs. */
final class NewNumbering {
    private final Renumbering found;
    private final FolderMemory memory;

    NewNumbering(Renumbering found, FolderMemory memory) {
        this.found = found;
        this.memory = memory;
    }

    /** Of a folder that was never opened before. */
    static MailboxRows.Contents first(long uidValidity, UidSet done, long backlogUntil) {
        Mailbox begun = new Mailbox(0, uidValidity);
        return new MailboxRows.Contents(begun, backlogUntil, Ranges.of(done), List.of(), List.of());
    }

    MailboxRows.Contents contents(long uidValidity, Instant now) {
        List<MailRow> open = new ArrayList<>();
        found.same().forEach((uid, before) -> row(uid, before, now).ifPresent(open::add));
        UidSet done = UidSet.of(found.same().keySet())
                .minus(UidSet.of(open.stream().map(MailRow::uid).toList()));
        return new MailboxRows.Contents(
                new Mailbox(0, uidValidity), found.backlogUntil(), Ranges.of(done), Ranges.of(found.held()), open);
    }

    /** A mail that is done has none. */
    private Optional<MailRow> row(long uid, long before, Instant now) {
        Optional<MailRow> known = memory.row(before).map(row -> row.withUid(uid));
        MailRow again = new MailRow(uid, MailState.DELIVERED, 0, Optional.empty(), Optional.empty(), now);
        return known.isEmpty() && found.tellAgain() ? Optional.of(again) : known;
    }

    List<TraceRow> traces(List<TraceRow> old) {
        Map<Long, Long> uids = new HashMap<>();
        found.same().forEach((uid, before) -> uids.put(before, uid));
        return old.stream()
                .flatMap(trace -> Optional.ofNullable(uids.get(trace.uid())).map(trace::withUid).stream())
                .toList();
    }
}
