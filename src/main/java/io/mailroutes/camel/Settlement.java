package io.mailroutes.camel;

import io.mailroutes.deadletter.DeadLetter;
import io.mailroutes.deadletter.DeadLetters;
import io.mailroutes.deadletter.Failure;
import io.mailroutes.imap.PermanentImapException;
import io.mailroutes.ledger.Attempt;
import io.mailroutes.ledger.FolderLedger;
import io.mailroutes.ledger.Trace;
import io.mailroutes.message.Mail;
import io.mailroutes.message.UidSet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down how mails fared: delivered, to be tried again, or to the dead letters. Used by the folder's loop alone.
 *
 * <p>A failure that speaks of the sink is no attempt of the mail. But when the sink takes other mails and only this one
 * makes it fail, again, then it is the mail after all: one mail that makes a webhook answer 500 must not stop a mailbox.
 * A sink that is away, busy or full is never a mail's doing.
 */
final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final FolderLedger ledger;
    private final DeadLetters deadLetters;
    private final MailboxStatus status;
    private final String route;
    private final int maximumAttempts;
    private final AttemptPolicy policy;
    private final Clock clock;

    /** Mails with which the sink failed, and has not worked since; the one that failed last is the last. */
    private final Set<Long> suspects = new LinkedHashSet<>();

    /** Suspects after whose failure the sink took another mail. */
    private final Set<Long> convicted = new HashSet<>();

    private Optional<Throwable> sinkFailure = Optional.empty();
    private long probe;

    Settlement(
            FolderLedger ledger,
            DeadLetters deadLetters,
            MailboxStatus status,
            String route,
            int maximumAttempts,
            AttemptPolicy policy,
            Clock clock) {
        this.ledger = ledger;
        this.deadLetters = deadLetters;
        this.status = status;
        this.route = route;
        this.maximumAttempts = maximumAttempts;
        this.policy = policy;
        this.clock = clock;
    }

    /** The sink failed, and no mail that was settled since has been delivered. */
    boolean isSinkDown() {
        return sinkFailure.isPresent();
    }

    /** The last failure of the sink; empty when it has worked since, and when it was taken before. */
    Optional<Throwable> takeSinkFailure() {
        Optional<Throwable> taken = sinkFailure;
        sinkFailure = Optional.empty();
        return taken;
    }

    /** Whether the sink failed with a mail that is still to be delivered, and has not worked since. */
    boolean hasSuspects() {
        return !suspects.isEmpty();
    }

    /**
     * What of the wanted mails to try now: all; or, while the sink is down, one at a time. A mail with which it has not
     * failed yet is the better probe, then the one whose failure is the longest ago, so that a mail which breaks the
     * sink does not keep the others from being asked about.
     */
    UidSet choose(UidSet wanted, UidSet inFlight) {
        suspects.removeIf(uid -> !wanted.contains(uid) && !inFlight.contains(uid));
        if (suspects.isEmpty()) {
            return wanted;
        }
        if (inFlight.contains(probe)) {
            return UidSet.EMPTY;
        }
        UidSet chosen = wanted.minus(UidSet.of(suspects)).first(1);
        if (chosen.isEmpty()) {
            chosen = UidSet.of(
                    suspects.stream().filter(wanted::contains).limit(1).toList());
        }
        chosen.stream().forEach(uid -> probe = uid);
        return chosen;
    }

    /**
     * @throws io.mailroutes.store.StoreException when it cannot be written down: then the mails stay on the server and
     *     come again
     */
    void settle(List<Outcome> outcomes) {
        List<Trace> delivered = new ArrayList<>();
        List<Outcome.Failed> failed = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Failed failure) {
                failed.add(failure);
            } else if (outcome instanceof Outcome.Delivered success) {
                delivered.add(success.trace());
            }
        }
        if (!delivered.isEmpty()) {
            recordDelivered(delivered);
        }
        for (Outcome.Failed failure : failed) {
            if (!isTheSink(failure)) {
                recordFailure(failure.mail(), failure.cause());
            }
        }
    }

    private void recordDelivered(List<Trace> mails) {
        ledger.delivered(mails);
        List<Long> delivered = mails.stream().map(Trace::uid).toList();
        delivered.forEach(uid -> status.delivered());
        suspects.removeAll(delivered);
        convicted.removeAll(delivered);
        convicted.addAll(suspects);
        suspects.clear();
        sinkFailure = Optional.empty();
    }

    private boolean isTheSink(Outcome.Failed failure) {
        SinkFailure.Kind kind = SinkFailure.kind(failure.cause());
        long uid = failure.mail().key().uid();
        boolean itsOwn = convicted.remove(uid) && kind == SinkFailure.Kind.SINK_OR_MAIL;
        if (kind == SinkFailure.Kind.MAIL || itsOwn) {
            return false;
        }
        suspects.remove(uid); // it goes to the end
        suspects.add(uid);
        sinkFailure = Optional.of(failure.cause());
        return true;
    }

    /**
     * A mail that is too large to be fetched goes to the dead letters at once: it does not become smaller.
     *
     * @param header the mail, of which only the header block is there
     */
    void tooLarge(Mail header, DeadLetter.HeaderOnly sizes) {
        String text = "the mail has " + sizes.serverSize() + " bytes as the server says, more than maxMessageSize, "
                + sizes.maxMessageSize() + "; only its header is kept, the mail itself stays in its folder";
        int attempts = ledger.attempt(header.key().uid()).map(Attempt::attempts).orElse(0);
        deadLetters.keepHeader(
                header, new Failure(route, attempts, PermanentImapException.class.getName(), text), sizes);
        ledger.quarantined(Trace.of(header));
        status.deadLettered();
        LOG.warn("{}: in the dead letters, the folder goes on: {}", header.key(), text);
    }

    private void recordFailure(Mail mail, Throwable cause) {
        status.failed();
        long uid = mail.key().uid();
        String kind = cause.getClass().getName();
        String text = Cleaned.text(cause.getMessage());
        int failures = ledger.attempt(uid).map(Attempt::attempts).orElse(0) + 1;
        if (failures >= maximumAttempts) {
            deadLetters.keep(mail, new Failure(route, failures, kind, text));
            ledger.quarantined(Trace.of(mail));
            status.deadLettered();
            LOG.warn(
                    "{}: failed {} times and is in the dead letters, the folder goes on: {}: {}",
                    mail.key(),
                    failures,
                    kind,
                    text);
            return;
        }
        Duration pause = policy.pause(failures);
        ledger.failed(Trace.of(mail), kind, text, clock.instant().plus(pause));
        LOG.warn(
                "{}: attempt {} of {} failed, the next in {} s: {}: {}",
                mail.key(),
                failures,
                maximumAttempts,
                Math.max(1, pause.toSeconds()),
                kind,
                text);
    }
}
