package io.mailroutes.camel;

import io.mailroutes.ledger.Trace;
import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;
import io.mailroutes.message.UidSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The mails of one folder that are in a route, on whatever thread, and the outcomes that nobody has taken yet. A mail
 * counts as in flight until its outcome is taken, so that it cannot be fetched a second time in between; its bytes
 * count for as long as they are held.
 */
final class InFlight {
    /** In flight and held no more. */
    private static final long RELEASED = 0;

    private static final int SAMPLE = 3;

    private final Map<DeliveryKey, Long> held = new HashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Signal signal;
    private final Clock clock;
    private Instant moved;
    private long bytes;
    private int failures;

    InFlight(Signal signal, Clock clock) {
        this.signal = signal;
        this.clock = clock;
        this.moved = clock.instant();
    }

    synchronized void add(Mail mail) {
        moved = clock.instant();
        bytes += mail.raw().size();
        held.put(mail.key(), mail.raw().size());
    }

    /** Nobody has begun to deliver it, and nobody will. */
    synchronized void remove(Mail mail) {
        forget(mail.key());
    }

    /** The route is through with it, on any thread: nobody needs its content any more. */
    void delivered(Mail mail) {
        Trace trace = Trace.of(mail); // while its bytes are there
        synchronized (this) {
            Long size = held.replace(mail.key(), RELEASED);
            bytes -= size == null ? 0 : size;
        }
        mail.raw().discard();
        finish(new Outcome.Delivered(mail.key(), trace));
    }

    /** The route has failed with it, on any thread. */
    void failed(Mail mail, Throwable cause) {
        finish(new Outcome.Failed(mail, cause));
    }

    private void finish(Outcome outcome) {
        synchronized (this) {
            outcomes.add(outcome);
            failures += outcome instanceof Outcome.Failed ? 1 : 0;
            moved = clock.instant();
        }
        signal.raise();
    }

    /** Takes the outcomes; their mails are in flight no more. */
    synchronized List<Outcome> take() {
        List<Outcome> taken = List.copyOf(outcomes);
        outcomes.clear();
        failures = 0;
        taken.forEach(outcome -> forget(outcome.key()));
        return taken;
    }

    private void forget(DeliveryKey key) {
        Long size = held.remove(key);
        bytes -= size == null ? 0 : size;
    }

    synchronized UidSet uids() {
        return UidSet.of(held.keySet().stream().map(DeliveryKey::uid).toList());
    }

    /** Whether there are outcomes that nobody has taken. */
    synchronized boolean hasOutcome() {
        return !outcomes.isEmpty();
    }

    /** Whether there is a failure among the outcomes that nobody has taken. */
    synchronized boolean hasFailure() {
        return failures > 0;
    }

    /** Of mail that is held for the route. */
    synchronized long bytes() {
        return bytes;
    }

    synchronized boolean isEmpty() {
        return held.isEmpty();
    }

    synchronized int size() {
        return held.size();
    }

    /** When a mail last came or went. */
    synchronized Instant moved() {
        return moved;
    }

    /** Some of the mails, for people. */
    synchronized String sample() {
        String some = held.keySet().stream()
                .sorted(Comparator.comparingLong(DeliveryKey::uid))
                .limit(SAMPLE)
                .map(DeliveryKey::toString)
                .collect(Collectors.joining(", "));
        return held.size() > SAMPLE ? some + " and " + (held.size() - SAMPLE) + " more" : some;
    }

    /** Whether mails are in a route, and for so long none has come or gone. */
    synchronized boolean isStuckFor(Duration length) {
        return !held.isEmpty() && clock.instant().isAfter(moved.plus(length));
    }
}
