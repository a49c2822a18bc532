package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.SelectedFolder;
import io.mailroutes.ledger.Attempt;
import io.mailroutes.ledger.FolderLedger;
import io.mailroutes.ledger.Renumbering;
import io.mailroutes.message.UidSet;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which mails of a folder are to be delivered now. What arrives is asked for at each look; of the backlog, which was
 * there when the folder was begun, no more than a part. So a look costs one or two {@code UID SEARCH}, however large the
 * folder is.
 */
final class Candidates {
    /** A range takes up to 22 bytes; servers take command lines of 8,000 bytes and more (RFC 7162 section 4). */
    private static final int RANGES_PER_COMMAND = 300;

    /** More UIDs than these are not asked for at once, but for those above the UIDNEXT that the server told. */
    private static final long MOST_NEW = 10_000;

    private static final UidSet EVERYTHING = UidSet.range(1, UidSet.MAX_UID);

    private final FolderLedger ledger;
    private final Select select;
    private final Clock clock;
    private final Backlog backlog;
    private final Matching matching;

    /** What was asked for at the last look and was not there. */
    private UidSet absent = UidSet.EMPTY;

    /** When that was. */
    private Instant lookedAt = Instant.MIN;

    /** Not there when it was asked for last. */
    private UidSet missing = UidSet.EMPTY;

    private long horizon = UidSet.MAX_UID;
    private boolean more;

    Candidates(FolderLedger ledger, Select select, Optional<SearchTerm> term, Clock clock) {
        this.ledger = ledger;
        this.select = select;
        this.clock = clock;
        this.backlog = new Backlog(clock);
        this.matching = new Matching(term, ledger, clock);
    }

    /** Nothing above this UID is wanted. */
    void stopAt(long last) {
        horizon = last;
        backlog.hurry();
        matching.hurry();
    }

    /** Which of these mails are not wanted, as at a first opening. */
    UidSet notWanted(ImapConnection connection, UidSet mails) {
        return select == Select.ALL || mails.isEmpty() ? UidSet.EMPTY : mails.minus(connection.search("UNSEEN"));
    }

    /** What does not match the searchTerm was never delivered, and so cannot be known again: nobody has to look at it. */
    Renumbering wanted(ImapConnection connection, Renumbering found) {
        matching.forget();
        UidSet held = UidSet.EMPTY;
        for (UidSet part : found.held().split(RANGES_PER_COMMAND)) {
            held = held.plus(matching.now(connection, part));
        }
        return new Renumbering(found.same(), found.tellAgain(), held, found.backlogUntil());
    }

    /**
     * The mails to deliver now, ascending; those that wait for another attempt are left out.
     *
     * @param busy in flight, or not to be fetched yet: left out too
     */
    UidSet now(ImapConnection connection, SelectedFolder folder, UidSet busy) {
        matching.tryOnce(connection);
        UidSet found = select == Select.UNSEEN ? unseen(connection) : unsettled(connection, folder, busy);
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
                .minus(busy);
    }

    /** Whether the last look left something out that can be asked for at once. */
    boolean hasMore() {
        return more;
    }

    /** The failed mails that the server still has; one that somebody else deleted or moved is nobody's concern. */
    List<Attempt> waiting() {
        return ledger.waiting().stream()
                .filter(attempt -> !absent.contains(attempt.uid()))
                .toList();
    }

    /** All but what the last look asked for in vain. */
    UidSet present() {
        return EVERYTHING.minus(absent);
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
        UidSet found = connection.search(matching.and("UNSEEN UNDELETED"));
        absent = EVERYTHING.minus(found);
        ledger.reopened(found);
        return found;
    }

    private UidSet unsettled(ImapConnection connection, SelectedFolder folder, UidSet busy) {
        // What hides behind a MESSAGELIMIT (RFC 9738) cannot be crossed; but such a server never shows much.
        boolean whole = connection.has("MESSAGELIMIT=*");
        long border = whole ? 1 : ledger.backlogUntil();
        UidSet open = UidSet.range(1, horizon).minus(ledger.settled());
        UidSet old = open.and(UidSet.range(1, border - 1));
        UidSet waiting = UidSet.of(ledger.waiting().stream().map(Attempt::uid).toList());
        UidSet fresh = (whole ? open : fresh(open.minus(old), folder.uidNext())).plus(waiting);
        more = !open.minus(old).minus(fresh).isEmpty();
        UidSet found = UidSet.EMPTY;
        UidSet matches = UidSet.EMPTY;
        for (UidSet part : fresh.split(RANGES_PER_COMMAND)) {
            UidSet there = connection.search("UID " + part.toCommand());
            found = found.plus(there);
            matches = matches.plus(matching.of(connection, part, there));
        }
        UidSet left = old.minus(waiting).minus(busy);
        UidSet asked = backlog.asked(left, RANGES_PER_COMMAND);
        UidSet foundOld = asked.isEmpty() ? asked : connection.searchAside("UID " + asked.toCommand());
        absent = fresh.plus(asked).minus(found).minus(foundOld);
        if (!whole) {
            forget(Math.max(border, folder.uidNext()), absent.minus(busy).minus(waiting));
        }
        matches = matches.plus(waiting.and(found)); // they matched before they failed
        UidSet matchesOld = matching.of(connection, asked, foundOld.and(asked));
        if (!whole) {
            matching.notMatching(found.and(fresh).minus(matches).minus(busy));
            matching.neverMatching(foundOld.and(asked).minus(matchesOld));
        }
        UidSet window = backlog.window(asked.size(), matchesOld);
        more |= !left.minus(window).minus(ledger.settled()).isEmpty();
        return matches.minus(ledger.settled()).plus(window);
    }

    /** After a long time away much may have arrived: then the oldest first. */
    private static UidSet fresh(UidSet open, long uidNext) {
        UidSet known = open.and(UidSet.range(1, uidNext - 1));
        return known.size() > MOST_NEW ? known.first(MOST_NEW) : open;
    }

    /**
     * UIDs below the UIDNEXT of this SELECT that the server does not have will never come (RFC 3501 section 2.3.1.1),
     * so the ledger need not ask for them again and again. But a server whose index lags may miss a mail once: two looks
     * have to agree.
     */
    private void forget(long next, UidSet notThere) {
        UidSet gone = notThere.and(UidSet.range(1, next - 1));
        UidSet goneTwice = gone.and(missing);
        missing = gone.minus(goneTwice);
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
