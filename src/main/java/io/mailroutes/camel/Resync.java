package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.MailSummary;
import io.mailroutes.imap.SelectedFolder;
import io.mailroutes.ledger.Memories;
import io.mailroutes.ledger.Renumbering;
import io.mailroutes.message.Fingerprint;
import io.mailroutes.message.UidSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells what the mails of a renumbered folder are: a mail with an INTERNALDATE after the last delivered one is new, an
 * older one is known again by its fingerprint or held. Goes through the folder once, some mails at a time; of most
 * mails no more than the date is asked for.
 */
final class Resync {
    private static final int LISTED_TOGETHER = 1_000;
    private static final int COMPARED_TOGETHER = 200;

    private final ImapConnection connection;
    private final SelectedFolder selected;
    private final Memories memories;
    private final Map<Long, Long> same = new HashMap<>();
    private UidSet held = UidSet.EMPTY;

    Resync(ImapConnection connection, SelectedFolder selected, Memories memories) {
        this.connection = connection;
        this.selected = selected;
        this.memories = memories;
    }

    /** @param tellAgain see {@link Renumbering} */
    Renumbering look(boolean tellAgain) {
        long last = Candidates.last(connection, selected);
        SearchWidth width = new SearchWidth();
        long first = 1;
        while (first <= last) {
            UidSet asked = UidSet.range(first, Math.min(last, first + width.now() - 1));
            UidSet found = connection.search("UID " + asked.toCommand());
            first += width.now();
            width.found(asked.size(), found.size());
            while (!found.isEmpty()) {
                UidSet part = found.first(LISTED_TOGETHER);
                found = found.minus(part);
                judge(part);
            }
        }
        return new Renumbering(same, tellAgain, held, last + 1);
    }

    private void judge(UidSet mails) {
        List<MailSummary> listed = connection.summaries(mails);
        UidSet old = mails.minus(UidSet.of(listed.stream()
                .filter(mail -> mail.internalDate().isAfter(memories.last()))
                .map(MailSummary::uid)
                .toList()));
        UidSet comparable = old.and(UidSet.of(listed.stream()
                .filter(mail -> !mail.internalDate().isBefore(memories.oldest()))
                .map(MailSummary::uid)
                .toList()));
        while (!comparable.isEmpty()) {
            UidSet part = comparable.first(COMPARED_TOGETHER);
            comparable = comparable.minus(part);
            compare(part);
        }
        held = held.plus(old.minus(UidSet.of(same.keySet())));
    }

    private void compare(UidSet mails) {
        Map<Long, Fingerprint> prints = connection.fingerprints(mails);
        prints.forEach((uid, print) -> memories.take(print).ifPresent(before -> same.put(uid, before)));
    }
}
