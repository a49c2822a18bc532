package io.mailroutes.ledger;

import io.mailroutes.message.Fingerprint;
import io.mailroutes.message.Mail;
import io.mailroutes.store.TraceRow;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the ledger keeps of a mail beside its UID, to know it again when the folder is renumbered.
 *
 * @param internalDate to the millisecond
 * @param gmailId X-GM-MSGID, by which a mail is known in other folders
 */
public record Trace(long uid, Instant internalDate, Optional<Fingerprint> fingerprint, OptionalLong gmailId) {

    public static Trace of(Mail mail) {
        return new Trace(mail.key().uid(), mail.internalDate(), fingerprint(mail), gmailId(mail));
    }

    static Trace of(TraceRow row) {
        return new Trace(
                row.uid(),
                row.internalDate(),
                Optional.of(new Fingerprint(row.high(), row.low())),
                OptionalLong.empty());
    }

    Optional<TraceRow> row() {
        return fingerprint.map(print -> new TraceRow(uid, print.high(), print.low(), internalDate));
    }

    static List<TraceRow> rows(Collection<Trace> traces) {
        return traces.stream().flatMap(trace -> trace.row().stream()).toList();
    }

    static Optional<Instant> latest(Collection<Trace> traces) {
        return traces.stream().map(Trace::internalDate).max(Instant::compareTo);
    }

    static List<Long> gmailIds(Collection<Trace> traces) {
        return traces.stream()
                .flatMapToLong(trace -> trace.gmailId().stream())
                .boxed()
                .toList();
    }

    private static OptionalLong gmailId(Mail mail) {
        return mail.gmail().isPresent() ? OptionalLong.of(mail.gmail().get().messageId()) : OptionalLong.empty();
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
