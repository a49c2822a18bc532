package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.SelectedFolder;
import io.mailroutes.ledger.FolderLedger;
import io.mailroutes.message.TrustedServers;
import io.mailroutes.message.UidSet;
import io.mailroutes.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one folder keeps from connection to connection. Used by the folder's loop alone, but for {@link #stop}. */
final class Folder {
    private static final Logger LOG = LoggerFactory.getLogger(Folder.class);

    /** How long outcomes may wait to be written down together. */
    private static final Duration TOGETHER = Duration.ofMillis(250);

    /** How long mails that are in the route may take to finish when the folder is stopping. */
    private static final Duration TO_FINISH = Duration.ofSeconds(4);

    /** {@code --once} has to end, also when a route handed a mail over to where nobody takes it. */
    private static final Duration STUCK = Duration.ofMinutes(5);

    private final Places places;
    private final MailboxOptions options;
    private final FolderLedger ledger;
    private final MailboxStatus status;
    private final Signal signal;
    private final InFlight inFlight;
    private final Deliverer deliverer;
    private final Settlement settlement;
    private final Candidates candidates;
    private final Acknowledger acknowledger;
    private final FetchTrouble fetchTrouble;
    private final Twins twins;
    private final LargeMails largeMails;
    private final Installation.Terms terms;
    /** Whose words on the senders are believed. */
    final TrustedServers trusted;

    private final AtomicReference<@Nullable Long> stoppedAt = new AtomicReference<>();
    private long uidValidity;
    private long settledAt = System.nanoTime();

    Folder(
            Places places,
            MailboxOptions options,
            FolderLedger ledger,
            MailboxStatus status,
            Signal signal,
            InFlight inFlight,
            Deliverer deliverer,
            Settlement settlement,
            Candidates candidates,
            FetchTrouble fetchTrouble,
            Twins twins,
            Installation.Terms terms,
            TrustedServers trusted) {
        this.places = places;
        this.options = options;
        this.ledger = ledger;
        this.status = status;
        this.signal = signal;
        this.inFlight = inFlight;
        this.deliverer = deliverer;
        this.settlement = settlement;
        this.candidates = candidates;
        this.fetchTrouble = fetchTrouble;
        this.twins = twins;
        this.terms = terms;
        this.trusted = trusted;
        this.largeMails = new LargeMails(options, places, settlement, fetchTrouble);
        this.acknowledger = new Acknowledger(ledger, options.onDelivered(), places);
    }

    String name() {
        return places.folder();
    }

    Places places() {
        return places;
    }

    MailboxOptions options() {
        return options;
    }

    FolderLedger ledger() {
        return ledger;
    }

    MailboxStatus status() {
        return status;
    }

    InFlight inFlight() {
        return inFlight;
    }

    Deliverer deliverer() {
        return deliverer;
    }

    Candidates candidates() {
        return candidates;
    }

    Acknowledger acknowledger() {
        return acknowledger;
    }

    FetchTrouble fetchTrouble() {
        return fetchTrouble;
    }

    Twins twins() {
        return twins;
    }

    LargeMails largeMails() {
        return largeMails;
    }

    RunMode mode() {
        return terms.mode();
    }

    Installation.Terms terms() {
        return terms;
    }

    /** What is to be delivered now. */
    UidSet wanted(ImapConnection connection, SelectedFolder selected) {
        UidSet busy = inFlight.uids().plus(fetchTrouble.pausing()).plus(twins.waiting());
        UidSet wanted = candidates.now(connection, selected, busy);
        fetchTrouble.retain(candidates.present());
        status.found(candidates.present().plus(inFlight.uids()).size());
        return wanted;
    }

    /** Of these mails, what arrived since the folder was begun; what was there before must not keep it waiting. */
    UidSet arrived(UidSet mails) {
        return mails.and(UidSet.range(ledger.backlogUntil(), UidSet.MAX_UID));
    }

    /** What of the wanted mails to try now: one at a time while the sink is down. */
    UidSet choose(UidSet wanted) {
        return settlement.choose(wanted, inFlight.uids());
    }

    /** When there is something to do that does not show on the server. */
    Optional<Instant> nextDue() {
        return Stream.concat(candidates.nextDue().stream(), fetchTrouble.nextDue().stream())
                .min(Instant::compareTo);
    }

    /** The folder was opened with this UIDVALIDITY. */
    void opened(long uidValidityNow) {
        this.uidValidity = uidValidityNow;
    }

    /** Writes down the outcomes so far. What cannot be written down is fetched again. */
    void settle() {
        settledAt = System.nanoTime();
        List<Outcome> outcomes = inFlight.take();
        boolean written = false;
        try {
            // An outcome from before the folder was renumbered would speak of another mail.
            settlement.settle(outcomes.stream()
                    .filter(outcome -> outcome.key().uidValidity() == uidValidity)
                    .toList());
            written = true;
        } finally {
            outcomes.forEach(Outcome::discard);
            outcomes.forEach(outcome -> twins.through(outcome.key().uid()));
            // What could not be written down would only be delivered twice.
            if (!written || settlement.isSinkDown() || isStopping()) {
                deliverer.takeBack();
                twins.throughWithAllBut(inFlight.uids());
            } else {
                deliverer.goOn();
            }
        }
    }

    /** Writes down the outcomes so far when there is a failure among them or it is time. */
    void settleWhenDue() {
        if (inFlight.hasFailure() || System.nanoTime() - settledAt > TOGETHER.toNanos()) {
            settle();
        }
    }

    /** Whether the sink failed at the last settlement that had any delivery or such a failure. */
    boolean isSinkDown() {
        return settlement.isSinkDown();
    }

    Optional<Throwable> takeSinkFailure() {
        return settlement.takeSinkFailure();
    }

    /** Whether there is a mail with which the sink failed, and it has not worked since. */
    boolean hasSuspects() {
        return settlement.hasSuspects();
    }

    /** Whether mails that were handed over do not come back, so that {@code --once} must end without them. */
    boolean isStuck() {
        return mode() == RunMode.ONCE && inFlight.isStuckFor(STUCK);
    }

    /** Waits until something is finished, and not longer than this; returns whether something was. */
    boolean await(Duration atMost) throws InterruptedException {
        return isStopping() || signal.await(atMost);
    }

    /** Waits for news from the server until something is finished; returns whether something was. */
    boolean await(Runnable news, Runnable wake) {
        return isStopping() || signal.await(news, wake);
    }

    /** Waits for so long, and writes down what is finished meanwhile; only stopping ends it. */
    void pause(Duration length) throws InterruptedException {
        long begin = System.nanoTime();
        for (Duration left = length; !isStopping() && left.compareTo(Duration.ZERO) > 0; ) {
            signal.await(left);
            settleIfPossible();
            left = length.minusNanos(System.nanoTime() - begin);
        }
    }

    /** As {@link #pause}, until it is so; whoever makes it so has to {@link #wake} the folder. */
    void pauseUntil(BooleanSupplier isSo) throws InterruptedException {
        while (!isStopping() && !isSo.getAsBoolean()) {
            signal.await(TO_FINISH);
            settleIfPossible();
        }
    }

    /** From any thread: whoever waits looks again. */
    void wake() {
        signal.raise();
    }

    private void settleIfPossible() {
        try {
            settle();
        } catch (StoreException e) {
            LOG.warn("{}/{}: mails will be delivered again: {}", options.account(), name(), e.getMessage());
        }
    }

    boolean isStopping() {
        return stoppedAt.get() != null;
    }

    /** From any thread: no more mail is taken, what is in the route may finish. */
    void stop() {
        stoppedAt.compareAndSet(null, System.nanoTime());
        signal.raise();
    }

    /** How long ago {@link #stop} was called first; zero when it was not. */
    Duration stoppingFor() {
        Long since = stoppedAt.get();
        return since == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    /** Begins no more mail and gives those in the route some seconds to finish; tells whether all have. */
    boolean finishRoute() throws InterruptedException {
        deliverer.takeBack();
        settle();
        long begin = System.nanoTime();
        Duration left = TO_FINISH;
        while (!inFlight.isEmpty() && !isStopping() && !left.isNegative()) {
            signal.await(left);
            settle();
            left = TO_FINISH.minusNanos(System.nanoTime() - begin);
        }
        return inFlight.isEmpty();
    }

    /** Writes down how mails fared; when the folder is stopping, those in the route get some seconds to finish. */
    void drain() throws InterruptedException {
        settle();
        while (isStopping() && !inFlight.isEmpty() && stoppingFor().compareTo(TO_FINISH) < 0) {
            signal.await(TO_FINISH.minus(stoppingFor()));
            settle();
        }
    }
}
