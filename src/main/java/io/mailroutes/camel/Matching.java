package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.PermanentImapException;
import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.ledger.FolderLedger;
import io.mailroutes.message.UidSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which mails of a folder match the endpoint's searchTerm; all do when there is none. One that matched once keeps
 * matching until it is settled, whatever happens to its flags. One that does not is settled, so that it is not asked
 * about again.
 */
final class Matching {
    /** A server may find new mail before it has indexed its text, so what does not match is asked about a second time. */
    private static final Duration TO_INDEX = Duration.ofSeconds(50);

    private final Optional<SearchTerm> term;
    private final FolderLedger ledger;
    private final Clock clock;
    private UidSet matched = UidSet.EMPTY;
    private UidSet unmatched = UidSet.EMPTY;
    private Instant unmatchedAt = Instant.MIN;
    private boolean hurries;
    private boolean tried;

    Matching(Optional<SearchTerm> term, FolderLedger ledger, Clock clock) {
        this.term = term;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** There is no time to ask twice with a pause between. */
    void hurry() {
        hurries = true;
    }

    /** The criteria to search by for mails that these describe. */
    String and(String criteria) {
        return term.map(also -> criteria + " " + also.text()).orElse(criteria);
    }

    /** The folder was renumbered: what is known speaks of other mails. */
    void forget() {
        matched = UidSet.EMPTY;
        unmatched = UidSet.EMPTY;
    }

    /** Whether the server understands the criteria is found out at once, and not when mail comes. */
    void tryOnce(ImapConnection connection) {
        if (!tried) {
            term.ifPresent(also -> ask(connection, UidSet.range(1, 1)));
            tried = true;
        }
    }

    /**
     * Those of the present mails that match.
     *
     * @param asked has the present ones, and is short as the text of a command
     */
    UidSet of(ImapConnection connection, UidSet asked, UidSet present) {
        if (term.isEmpty() || present.isEmpty()) {
            return present;
        }
        matched = matched.minus(ledger.settled()).plus(now(connection, asked).and(present));
        return present.and(matched);
    }

    /** Those of these mails that match as they are now. */
    UidSet now(ImapConnection connection, UidSet mails) {
        return term.isEmpty() ? mails : ask(connection, mails).and(mails);
    }

    private UidSet ask(ImapConnection connection, UidSet asked) {
        try {
            return connection.searchAside(and("UID " + asked.toCommand()));
        } catch (PermanentImapException e) {
            throw refused(e);
        }
    }

    /** The server takes such searches without the criteria. */
    private RuntimeException refused(PermanentImapException refusal) {
        return refusal.reason() != Reason.PROTOCOL || term.isEmpty()
                ? refusal
                : new PermanentImapException(
                        Reason.CRITERIA_REFUSED,
                        refusal.getMessage() + "; check searchTerm="
                                + term.get().text(),
                        refusal);
    }

    /** These are there and do not match, at this look; those of which two looks say so are settled. */
    void notMatching(UidSet mails) {
        Instant now = clock.instant();
        if (unmatched.isEmpty() || hurries || !now.isBefore(unmatchedAt.plus(TO_INDEX))) {
            settle(mails.and(unmatched));
            unmatched = mails.minus(unmatched);
            unmatchedAt = now;
        }
    }

    /** As {@link #notMatching}, of mails that have been there for long: one look is enough. */
    void neverMatching(UidSet mails) {
        settle(mails);
    }

    private void settle(UidSet mails) {
        if (!mails.isEmpty()) {
            ledger.gone(mails);
        }
    }
}
