package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.MailSummary;
import io.mailroutes.imap.PermanentImapException;
import io.mailroutes.ledger.FolderLedger;
import io.mailroutes.ledger.Ledger;
import io.mailroutes.ledger.Trace;
import io.mailroutes.message.Fingerprint;
import io.mailroutes.message.UidSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gmail shows a mail once in the folder of each of its labels. Of an endpoint with several folders, the first that has
 * the mail delivers it; in the others it is settled as delivered before its content is fetched, and so flagged, moved or
 * deleted as {@code onDelivered} says. Used by the folder's loop alone.
 */
final class Twins {
    private static final Logger LOG = LoggerFactory.getLogger(Twins.class);

    private final Ledger ledger;
    private final FolderLedger own;
    private final String account;
    private final Places places;
    private final List<Places> all;
    private final GmailClaims claims;
    private final Signal signal;

    /** The ids of the mails that this folder delivers, by UID. */
    private final Map<Long, Long> claimed = new HashMap<>();

    /** The ids of the mails that another folder was delivering when they were listed, by UID. */
    private final Map<Long, Long> postponed = new HashMap<>();

    /**
     * @param all the folders of the endpoint, this one included
     * @param signal raised when a mail that {@link #waiting} told of can be looked at again
     */
    Twins(
            Ledger ledger,
            FolderLedger own,
            String account,
            Places places,
            List<Places> all,
            GmailClaims claims,
            Signal signal) {
        this.ledger = ledger;
        this.own = own;
        this.account = account;
        this.places = places;
        this.all = all;
        this.claims = claims;
        this.signal = signal;
    }

    /** Of these mails, what this folder is to deliver; what another one has delivered is settled. */
    List<MailSummary> toDeliver(ImapConnection connection, List<MailSummary> mails) {
        if (all.size() < 2 || !connection.hasGmailIds()) {
            return mails;
        }
        // Claimed before it is looked up: another folder writes down a delivery before it ends its claim.
        List<MailSummary> mine = mails.stream().filter(this::claim).toList();
        Set<Long> ids = new HashSet<>();
        mine.forEach(mail -> mail.gmailId().ifPresent(ids::add));
        Set<Long> delivered = ids.isEmpty() ? ids : ledger.gmailIds(account, others(connection), ids);
        if (delivered.isEmpty()) {
            return mine;
        }
        List<MailSummary> twins =
                mine.stream().filter(mail -> isOf(delivered, mail)).toList();
        settle(connection, twins);
        return mine.stream().filter(mail -> !isOf(delivered, mail)).toList();
    }

    private static boolean isOf(Set<Long> ids, MailSummary mail) {
        return mail.gmailId().isPresent() && ids.contains(mail.gmailId().getAsLong());
    }

    private boolean claim(MailSummary mail) {
        if (mail.gmailId().isEmpty()) {
            return true;
        }
        long id = mail.gmailId().getAsLong();
        boolean mine = claims.claim(id, this, signal);
        (mine ? claimed : postponed).put(mail.uid(), id);
        return mine;
    }

    /** One that is named by its special use has its own name only after it was looked for. */
    private Set<String> others(ImapConnection connection) {
        Set<String> names = new HashSet<>();
        for (Places other : all) {
            if (other != places) {
                resolve(other, connection);
                names.add(other.folder());
            }
        }
        return names;
    }

    private static void resolve(Places other, ImapConnection connection) {
        try {
            other.resolve(connection);
        } catch (PermanentImapException e) {
            LOG.debug("{}: has no name: its own loop says why", other.folder(), e);
        }
    }

    /** With their fingerprints, so that they are known again when the folder is renumbered. */
    private void settle(ImapConnection connection, List<MailSummary> twins) {
        UidSet uids = UidSet.of(twins.stream().map(MailSummary::uid).toList());
        Map<Long, Fingerprint> prints = connection.fingerprints(uids);
        List<Trace> traces = new ArrayList<>();
        for (MailSummary mail : twins) {
            Optional<Fingerprint> print = Optional.ofNullable(prints.get(mail.uid()));
            traces.add(new Trace(mail.uid(), mail.internalDate(), print, OptionalLong.empty()));
        }
        own.delivered(traces);
        uids.stream().forEach(this::through);
        LOG.debug("{}/{}: delivered from another folder already: UID {}", account, places.folder(), uids);
    }

    /** Not to be asked for now: another folder is delivering them. */
    UidSet waiting() {
        postponed.values().removeIf(id -> !claims.isClaimed(id));
        return UidSet.of(postponed.keySet());
    }

    /** Whether there is one among those that were waiting for another folder and need not any more. */
    boolean hasFree() {
        return postponed.values().stream().anyMatch(id -> !claims.isClaimed(id));
    }

    /** This folder has delivered the mail and written it down, or has failed with it. */
    void through(long uid) {
        Long id = claimed.remove(uid);
        if (id != null) {
            claims.release(id, this);
        }
    }

    /** No other mails than these are being delivered. */
    void throughWithAllBut(UidSet uids) {
        List.copyOf(claimed.keySet()).stream()
                .filter(uid -> !uids.contains(uid))
                .forEach(this::through);
    }
}
