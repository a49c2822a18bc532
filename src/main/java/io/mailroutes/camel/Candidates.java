package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.SelectedFolder;
import io.mailroutes.ledger.Attempt;
import io.mailroutes.ledger.FolderLedger;
import io.mailroutes.message.UidSet;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which mails of a folder are to be delivered now. Costs one {@code UID SEARCH} over what the ledger does not know as
 * done, never over the whole folder.
 */
final class Candidates {
    /** A range takes up to 22 bytes; servers take command lines of 8,000 bytes and more (RFC 7162 section 4). */
    private static final int RANGES_PER_COMMAND = 300;

    private final FolderLedger ledger;
    private final Select select;
    private final Clock clock;

    /** What the server had at the last look. */
    private UidSet present = UidSet.EMPTY;

    /** When that was. */
    private Instant lookedAt = Instant.MIN;

    /** Below UIDNEXT and not there at the last look. */
    private UidSet missing = UidSet.EMPTY;

    Candidates(FolderLedger ledger, Select select, Clock clock) {
        this.ledger = ledger;
        this.select = select;
        this.clock = clock;
    }

    /** Which of these mails are not wanted, as at a first opening. */
    UidSet notWanted(ImapConnection connection, UidSet mails) {
        return select == Select.ALL || mails.isEmpty() ? UidSet.EMPTY : mails.minus(connection.search("UNSEEN"));
    }

    /** The mails to deliver now, ascending; those that wait for another attempt or are in flight are left out. */
    UidSet now(ImapConnection connection, SelectedFolder folder, UidSet inFlight) {
        UidSet found = select == Select.UNSEEN ? unseen(connection) : unsettled(connection, folder, inFlight);
        present = found;
        Instant now = clock.instant();
        lookedAt = now;
        UidSet notYet = UidSet.of(ledger.waiting().stream()
                .filter(attempt -> attempt.nextAttempt().isAfter(now))
                .map(Attempt::uid)
                .toList());
        return found.minus(ledger.held())
                .minus(ledger.unacknowledgedDelivered())
                .minus(ledger.unacknowledgedQuarantined())
                .minus(notYet)
                .minus(inFlight);
    }

    /** The failed mails that the server still has; one that somebody else deleted or moved is nobody's concern. */
    List<Attempt> waiting() {
        return ledger.waiting().stream()
                .filter(attempt -> present.contains(attempt.uid()))
                .toList();
    }

    /** What the server had at the last look, delivered and dead letters aside. */
    UidSet present() {
        return present;
    }

    /** When the next failed mail is due that was not due at the last look. */
    Optional<Instant> nextDue() {
        return waiting().stream()
                .map(Attempt::nextAttempt)
                .filter(next -> next.isAfter(lookedAt))
                .min(Instant::compareTo);
    }

    /** What was delivered and is marked as unread again is wanted again: the server's flag alone decides. */
    private UidSet unseen(ImapConnection connection) {
        // Where the server cannot expunge single mails, a delivered one stays and is \Deleted.
        UidSet found = connection.search("UNSEEN UNDELETED");
        ledger.reopened(found);
        return found;
    }

    private UidSet unsettled(ImapConnection connection, SelectedFolder folder, UidSet inFlight) {
        UidSet asked = UidSet.range(1, UidSet.MAX_UID).minus(ledger.settled());
        UidSet found = UidSet.EMPTY;
        for (UidSet part : asked.split(RANGES_PER_COMMAND)) {
            found = found.plus(connection.search("UID " + part.toCommand()));
        }
        forget(connection, folder, found.plus(inFlight));
        return found.minus(ledger.settled());
    }

    /**
     * UIDs below the UIDNEXT of this SELECT that the server does not have will never come (RFC 3501 section 2.3.1.1),
     * so the ledger need not ask for them again and again. But a server with a MESSAGELIMIT (RFC 9738) may hide older
     * mails until newer ones are gone, and a server whose index lags may miss a mail once: two looks have to agree.
     */
    private void forget(ImapConnection connection, SelectedFolder folder, UidSet alive) {
        if (connection.has("MESSAGELIMIT=*")) {
            return;
        }
        UidSet waiting = UidSet.of(ledger.waiting().stream().map(Attempt::uid).toList());
        UidSet gone = UidSet.range(1, folder.uidNext() - 1)
                .minus(ledger.settled())
                .minus(alive)
                .minus(waiting);
        UidSet goneTwice = gone.and(missing);
        missing = gone;
        if (!goneTwice.isEmpty()) {
            ledger.gone(goneTwice);
        }
    }

    /** The highest UID that the folder had when it was opened. */
    static long last(ImapConnection connection, SelectedFolder folder) {
        if (folder.uidNext() > 0) {
            return folder.uidNext() - 1;
        }
        // RFC 3501 section 6.3.1 lets old servers leave UIDNEXT out.
        UidSet all = connection.search("ALL");
        return all.isEmpty() ? 0 : all.ranges().get(all.ranges().size() - 1).last();
    }
}
