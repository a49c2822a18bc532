package io.mailroutes.camel;

import io.mailroutes.deadletter.DeadLetter;
import io.mailroutes.imap.FetchedMail;
import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.ImapException;
import io.mailroutes.imap.MailSummary;
import io.mailroutes.imap.PermanentImapException;
import io.mailroutes.imap.SelectedFolder;
import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailLimits;
import io.mailroutes.message.UidSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Mails of one folder that are larger than may be fetched: they go to the dead letters at once, by their header. The
 * sizes that a server lists are estimates (Exchange's are up to three times too large), so one above the limit is a
 * reason to ask whether there are bytes beyond it, and one below is no promise: a mail that turns out larger while it
 * comes costs the connection, once. Used by the folder's loop alone.
 */
final class LargeMails {
    /** Of a header block, in bytes: enough to tell whose mail it is. */
    private static final int HEADER_LIMIT = 256 << 10;

    private final String account;
    private final Places places;
    private final long limit;
    private final Settlement settlement;
    private final FetchTrouble fetchTrouble;

    /** By UID, with the size that the server said. */
    private final Map<Long, Long> tooLarge = new HashMap<>();

    /** The server could not be asked about these: the announcement of their bytes decides. */
    private final Set<Long> notAsked = new HashSet<>();

    private long uidValidity;

    LargeMails(MailboxOptions options, Places places, Settlement settlement, FetchTrouble fetchTrouble) {
        this.account = options.account();
        this.places = places;
        this.limit = options.largestMail();
        this.settlement = settlement;
        this.fetchTrouble = fetchTrouble;
    }

    /** In a folder that was renumbered, what is known speaks of other mails. */
    void opened(SelectedFolder folder) {
        if (uidValidity != folder.uidValidity()) {
            tooLarge.clear();
            notAsked.clear();
            uidValidity = folder.uidValidity();
        }
    }

    /** Asks about the mails that are listed as too large. */
    void look(ImapConnection connection, List<MailSummary> listed) {
        Map<Long, Long> suspects = new HashMap<>();
        listed.stream()
                .filter(mail -> mail.size() > limit && !notAsked.contains(mail.uid()))
                .forEach(mail -> suspects.put(mail.uid(), mail.size()));
        if (suspects.isEmpty()) {
            return;
        }
        try {
            suspects.keySet().retainAll(uids(connection.largerThan(limit, UidSet.of(suspects.keySet()))));
        } catch (ImapException e) {
            notAsked.addAll(suspects.keySet());
            throw new FetchFailedException(e);
        }
        tooLarge.putAll(suspects);
    }

    /**
     * Takes the failure of a FETCH when it tells of a mail that is too large.
     *
     * @param unanswered which of the mails that were asked for have not come
     * @return whether it is known which one it is
     */
    boolean take(ImapException failure, UidSet unanswered) {
        if (!(failure instanceof PermanentImapException refusal)
                || refusal.reason() != PermanentImapException.Reason.MAIL_TOO_LARGE) {
            return false;
        }
        UidSet one = refusal.uid().isPresent()
                ? unanswered.and(
                        UidSet.range(refusal.uid().getAsLong(), refusal.uid().getAsLong()))
                : unanswered;
        if (one.size() == 1) {
            one.stream().forEach(uid -> tooLarge.put(uid, refusal.size()));
        }
        return one.size() == 1;
    }

    /** Those of these mails that are known to be too large go to the dead letters; returns the others. */
    UidSet quarantine(ImapConnection connection, SelectedFolder selected, UidSet mails) {
        UidSet large = tooLarge.isEmpty() ? UidSet.EMPTY : mails.and(UidSet.of(tooLarge.keySet()));
        for (long uid : uids(large)) {
            header(connection, uid)
                    .ifPresentOrElse(
                            header -> keep(header, selected), () -> fetchTrouble.notSent(UidSet.range(uid, uid)));
        }
        return mails.minus(large);
    }

    private Optional<FetchedMail> header(ImapConnection connection, long uid) {
        try {
            return connection.header(uid, HEADER_LIMIT);
        } catch (ImapException e) {
            fetchTrouble.failed(UidSet.range(uid, uid));
            throw new FetchFailedException(e);
        }
    }

    private void keep(FetchedMail header, SelectedFolder selected) {
        long uid = header.uid();
        DeliveryKey key = new DeliveryKey(account, places.folder(), selected.uidValidity(), uid);
        Mail mail = Mail.of(key, header.flags(), header.internalDate(), header.content(), MailLimits.DEFAULT);
        long size = Optional.ofNullable(tooLarge.get(uid)).orElse(0L);
        settlement.tooLarge(mail, new DeadLetter.HeaderOnly(size, limit));
        tooLarge.remove(uid);
        fetchTrouble.fetched(UidSet.range(uid, uid));
    }

    private static List<Long> uids(UidSet mails) {
        return mails.stream().boxed().toList();
    }
}
