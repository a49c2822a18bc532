package io.mailroutes.ledger;

import io.mailroutes.message.Fingerprint;
import io.mailroutes.message.Mail;
import io.mailroutes.store.TraceRow;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/**
 * What the ledger keeps of a mail beside its UID, to know it again when the folder is renumbered.
 *
 * @param internalDate to the millisecond
 */
public record Trace(long uid, Instant internalDate, Optional<Fingerprint> fingerprint) {

    public static Trace of(Mail mail) {
        return new Trace(mail.key().uid(), mail.internalDate(), fingerprint(mail));
    }

    static Trace of(TraceRow row) {
        return new Trace(row.uid(), row.internalDate(), Optional.of(new Fingerprint(row.high(), row.low())));
    }

    Optional<TraceRow> row() {
        return fingerprint.map(print -> new TraceRow(uid, print.high(), print.low(), internalDate));
    }

    private static Optional<Fingerprint> fingerprint(Mail mail) {
        try {
            return Fingerprint.of(mail.envelope());
        } catch (UncheckedIOException e) {
            return Optional
                    .empty(); // its bytes are gone; without one it is held, not lost, when the folder is renumbered
        }
    }
}
