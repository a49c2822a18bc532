package io.mailroutes.camel;

import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;
import io.mailroutes.message.UidSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The mails of one folder that are in a route, on whatever thread, and the outcomes that nobody has taken yet. A mail
 * counts as in flight until its outcome is taken, so that it cannot be fetched a second time in between.
 */
final class InFlight {
    private final Map<DeliveryKey, Mail> mails = new HashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Signal signal;
    private final Clock clock;
    private Instant moved;
    private long bytes;

    InFlight(Signal signal, Clock clock) {
        this.signal = signal;
        this.clock = clock;
        this.moved = clock.instant();
    }

    synchronized void add(Mail mail) {
        mails.put(mail.key(), mail);
        moved = clock.instant();
        bytes += mail.raw().size();
    }

    /** Nobody has begun to deliver it, and nobody will. */
    synchronized void remove(Mail mail) {
        if (mails.remove(mail.key()) != null) {
            bytes -= mail.raw().size();
        }
    }

    /** From any thread. */
    void finish(Outcome outcome) {
        synchronized (this) {
            outcomes.add(outcome);
            moved = clock.instant();
        }
        signal.raise();
    }

    /** Takes the outcomes; their mails are in flight no more. */
    synchronized List<Outcome> take() {
        List<Outcome> taken = List.copyOf(outcomes);
        outcomes.clear();
        for (Outcome outcome : taken) {
            if (mails.remove(outcome.mail().key()) != null) {
                bytes -= outcome.mail().raw().size();
            }
        }
        return taken;
    }

    synchronized UidSet uids() {
        return UidSet.of(mails.keySet().stream().map(DeliveryKey::uid).toList());
    }

    /** Whether there is a failure among the outcomes that nobody has taken. */
    synchronized boolean hasFailure() {
        return outcomes.stream().anyMatch(Outcome.Failed.class::isInstance);
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized boolean isEmpty() {
        return mails.isEmpty();
    }

    synchronized int size() {
        return mails.size();
    }

    /** Whether mails are in a route, and for so long none has come or gone. */
    synchronized boolean isStuckFor(Duration length) {
        return !mails.isEmpty() && clock.instant().isAfter(moved.plus(length));
    }
}
