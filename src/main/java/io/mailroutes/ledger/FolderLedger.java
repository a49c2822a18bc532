package io.mailroutes.ledger;

import io.mailroutes.message.UidSet;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What has become of the mails of one folder. A UID is <em>done</em> (delivered or quarantined, and acknowledged on
 * the server), <em>unacknowledged</em> (delivered or quarantined, but not yet flagged, moved or deleted there),
 * <em>waiting</em> (failed, to be tried again) or unknown (to be delivered). Every change is on the disk when its
 * method returns. Safe for many threads.
 *
 * <p>Throws {@link io.mailroutes.store.StoreException} when the state cannot be read or written.
 */
public final class FolderLedger {
    FolderLedger() {}

    /** What {@link #open} found. */
    public enum Opening {
        /** The folder was never opened: call {@link #begin}. */
        NEW,
        /** The folder is the one we know. */
        KNOWN,
        /** UIDVALIDITY has changed (RFC 3501 section 2.3.1.1): no UID that we know means anything any more. */
        RENUMBERED
    }

    /** To be called after each SELECT. */
    public Opening open(long uidValidity) {
        throw new UnsupportedOperationException("skeleton" + uidValidity);
    }

    /** First opening: these UIDs are done, for they are not wanted. */
    public void begin(long uidValidity, UidSet notWanted) {
        throw new UnsupportedOperationException("skeleton" + uidValidity + notWanted);
    }

    /** All UIDs that are done or unacknowledged: not to be delivered. */
    public UidSet settled() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Delivered or quarantined, but the server has not been told, because a crash or a cut came between. */
    public UidSet unacknowledgedDelivered() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** As {@link #unacknowledgedDelivered}, of the quarantined ones, which are flagged and not moved. */
    public UidSet unacknowledgedQuarantined() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** The failed mails, due or not. */
    public List<Attempt> waiting() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** The attempts of one mail so far. */
    public Optional<Attempt> attempt(long uid) {
        throw new UnsupportedOperationException("skeleton" + uid);
    }

    /** The sink has these mails. */
    public void delivered(Collection<Long> uids) {
        throw new UnsupportedOperationException("skeleton" + uids);
    }

    /** A failed attempt is counted. */
    public Attempt failed(long uid, String errorClass, String errorText, Instant nextAttempt) {
        throw new UnsupportedOperationException("skeleton" + uid + errorClass + errorText + nextAttempt);
    }

    /** The dead letter of this mail is on the disk. */
    public void quarantined(long uid) {
        throw new UnsupportedOperationException("skeleton" + uid);
    }

    /** The server has been told: these UIDs are done. */
    public void acknowledged(UidSet uids) {
        throw new UnsupportedOperationException("skeleton" + uids);
    }

    /** The server does not have these any more (expunged by others, or never used): they are done. */
    public void gone(UidSet uids) {
        throw new UnsupportedOperationException("skeleton" + uids);
    }
}
