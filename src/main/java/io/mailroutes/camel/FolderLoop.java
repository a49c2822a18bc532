package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.message.UidSet;
import io.mailroutes.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one folder for as long as its route runs: connects, polls, delivers, and after any trouble pauses and starts
 * again. Nothing that happens to a mail or to a connection ends it.
 */
final class FolderLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderLoop.class);

    /** What {@code --once} waits for a server or a sink to come back. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Between two tries or looks of {@code --once}. */
    private static final Duration LONGEST_ONCE = Duration.ofSeconds(5);

    private final Folder folder;
    private final Connecting connecting;
    private final Clock clock;
    private final Pacing pacing;
    private final Recovery recovery;
    private final Backoff sinkDown;
    private final CompletableFuture<LoopResult> result = new CompletableFuture<>();
    private final AtomicReference<@Nullable ImapConnection> current = new AtomicReference<>();
    private Optional<Instant> troubledSince = Optional.empty();
    private long horizon = -1;

    /** How a folder gets its connections. */
    @FunctionalInterface
    interface Connecting {
        /** Empty when the folder is stopping; throws what is wrong with the account, its tokens or its server. */
        Optional<ImapConnection> connect(Folder folder) throws InterruptedException;
    }

    FolderLoop(Folder folder, Connecting connecting, Clock clock, RandomGenerator random) {
        this.folder = folder;
        this.connecting = connecting;
        this.clock = clock;
        Duration delay = folder.options().delay();
        this.pacing = new Pacing(clock, isOnce() && delay.compareTo(LONGEST_ONCE) > 0 ? LONGEST_ONCE : delay);
        this.recovery = new Recovery(
                clock, folder.terms().rhythm().proven(), isOnce() ? LONGEST_ONCE : Duration.ofMinutes(5), random);
        this.sinkDown = new Backoff(Duration.ofSeconds(1), isOnce() ? LONGEST_ONCE : Duration.ofMinutes(1), random);
    }

    /** Completes when the loop has ended. */
    CompletableFuture<LoopResult> result() {
        return result;
    }

    /** From any thread: closes the socket, for a loop that waits for a server which does not answer. */
    void abort() {
        ImapConnection connection = current.get();
        if (connection != null) {
            connection.abort();
        }
    }

    @Override
    public void run() {
        LoopResult end = runToTheEnd();
        folder.twins().throughWithAllBut(UidSet.EMPTY);
        result.complete(end);
    }

    private LoopResult runToTheEnd() {
        try {
            LoopResult end = loop();
            folder.stop();
            folder.drain();
            return end;
        } catch (StoreException e) {
            LOG.warn("{}: the last mails could not be written down and will be delivered again", name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) { // the caller is the thread, which would print it and leave the result open
            LOG.error("{}: the loop ended, which it never should", name(), e);
            folder.status().enter(MailboxState.BROKEN, "reading ended by an error of Mailroutes: restart the route");
            return LoopResult.UNREACHABLE;
        }
        return LoopResult.STOPPED;
    }

    private LoopResult loop() throws InterruptedException {
        while (!folder.isStopping()) {
            Optional<LoopResult> end = connectAndServe();
            if (end.isPresent()) {
                return end.get();
            }
        }
        return LoopResult.STOPPED;
    }

    /** One connection from its begin to its end. */
    private Optional<LoopResult> connectAndServe() throws InterruptedException {
        try {
            Optional<ImapConnection> opened = connecting.connect(folder);
            return opened.isPresent() ? serve(opened.get()) : Optional.empty();
        } catch (RuntimeException | Error e) {
            return afterTrouble(e);
        } finally {
            current.set(null);
        }
    }

    private Optional<LoopResult> serve(ImapConnection opened) throws InterruptedException {
        try (ImapConnection connection = opened) {
            current.set(connection);
            return folder.isStopping() ? Optional.empty() : serve(FolderSession.open(folder, connection, clock));
        }
    }

    private Optional<LoopResult> serve(FolderSession session) throws InterruptedException {
        if (horizon < 0) {
            horizon = session.lastUid();
            if (isOnce()) {
                folder.candidates().stopAt(horizon);
            }
        }
        enter(MailboxState.LIVE, reading());
        recovery.live(deliveredByNow());
        session.waiting().heard(); // the folder was just opened
        while (!folder.isStopping() && !session.waiting().isOver()) {
            Optional<LoopResult> end = poll(session);
            if (end.isPresent()) {
                return end;
            }
            session.settle();
        }
        session.settleLast();
        return Optional.empty();
    }

    /** One poll and the pause after it. */
    private Optional<LoopResult> poll(FolderSession session) throws InterruptedException {
        UidSet wanted = wanted(session);
        UidSet now = atMost(folder.choose(wanted));
        session.deliver(now);
        Optional<Throwable> sinkFailure = folder.takeSinkFailure();
        if (sinkFailure.isPresent()) {
            return pauseForSink(sinkFailure.get());
        }
        if (!folder.hasSuspects()) {
            sinkWorks();
        }
        Optional<LoopResult> end = isOnce() ? endOfOnce(session) : Optional.empty();
        boolean probed = now.size() < wanted.size() && !isLimited(now);
        boolean more = folder.candidates().hasMore() && !isLimited(now) && !folder.hasSuspects();
        boolean goOn = more || !now.isEmpty() && (probed || isOnce());
        if (end.isEmpty() && !goOn) {
            session.waiting().await(pacing.untilNextPoll(folder.nextDue()));
        }
        return end;
    }

    private UidSet wanted(FolderSession session) {
        UidSet wanted = session.candidates();
        return isOnce() ? wanted.and(UidSet.range(1, horizon)) : wanted;
    }

    private UidSet atMost(UidSet mails) {
        int most = folder.options().maxMessagesPerPoll();
        if (most == 0 || mails.size() <= most) {
            return mails;
        }
        UidSet arrived = folder.arrived(mails).first(most);
        return arrived.plus(mails.minus(arrived).first(most - arrived.size()));
    }

    private boolean isLimited(UidSet mails) {
        return mails.size() == folder.options().maxMessagesPerPoll();
    }

    private Optional<LoopResult> endOfOnce(FolderSession session) {
        session.settle();
        if (folder.isStuck()) {
            enter(MailboxState.SINK_DOWN, "mails that the route handed over are not finished; they stay on the server");
            return Optional.of(LoopResult.UNREACHABLE);
        }
        if (!folder.fetchTrouble().isEmpty()) {
            return isImpatient() ? Optional.of(LoopResult.UNREACHABLE) : Optional.empty();
        }
        boolean somethingWaits = !folder.inFlight().isEmpty()
                || !folder.twins().waiting().isEmpty()
                || folder.candidates().waiting().stream().anyMatch(attempt -> attempt.uid() <= horizon);
        if (somethingWaits || !wanted(session).isEmpty() || folder.candidates().hasMore()) {
            return Optional.empty();
        }
        return Optional.of(folder.ledger().held().isEmpty() ? LoopResult.DONE : LoopResult.UNREACHABLE);
    }

    private Optional<LoopResult> pauseForSink(Throwable failure) throws InterruptedException {
        if (folder.isStopping()) {
            return Optional.empty(); // stopping interrupts routes, which says nothing about the sink
        }
        String why = failure.getClass().getSimpleName() + ": " + Cleaned.text(failure.getMessage());
        enter(MailboxState.SINK_DOWN, "the sink of the route cannot take mail, nothing is lost: " + why);
        Duration asked = SinkFailure.retryAfter(failure);
        if (isImpatient() || isOnce() && asked.compareTo(PATIENCE) > 0) {
            return Optional.of(LoopResult.UNREACHABLE);
        }
        folder.pause(sinkDown.next(asked));
        return Optional.empty();
    }

    private void sinkWorks() {
        sinkDown.reset();
        if (folder.fetchTrouble().isEmpty()) {
            troubledSince = Optional.empty();
        }
        enter(MailboxState.LIVE, reading());
    }

    private Optional<LoopResult> afterTrouble(Throwable failure) throws InterruptedException {
        if (folder.isStopping()) {
            LOG.debug("{}: closed while stopping", name());
            return Optional.empty();
        }
        folder.terms().tellFatal(failure);
        Trouble trouble = recovery.judge(failure, deliveredByNow());
        LOG.debug("{}: {}", name(), trouble.state(), failure);
        if (trouble.nature() == Trouble.Nature.RECYCLED) {
            LOG.info("{}: {}", name(), trouble.reason());
            return Optional.empty();
        }
        enter(trouble.state(), trouble.reason());
        boolean hopeless = trouble.lasting() || trouble.least().compareTo(PATIENCE) > 0;
        if (isOnce() && (hopeless || isImpatient())) {
            return Optional.of(trouble.result());
        }
        folder.pause(recovery.pause(trouble));
        return Optional.empty();
    }

    private long deliveredByNow() {
        return folder.status().snapshot().delivered();
    }

    private boolean isOnce() {
        return folder.mode() == RunMode.ONCE;
    }

    private boolean isImpatient() {
        Instant since = troubledSince.orElseGet(clock::instant);
        troubledSince = Optional.of(since);
        return isOnce() && clock.instant().isAfter(since.plus(PATIENCE));
    }

    private void enter(MailboxState state, String reason) {
        if (!folder.status().enter(state, reason)) {
            LOG.debug("{}: still {}: {}", name(), state, reason);
        } else if (state == MailboxState.LIVE) {
            LOG.info("{}: {}: {}", name(), state, reason);
        } else {
            LOG.warn("{}: {}: {}", name(), state, reason);
        }
    }

    /** What is done with the folder, in words. */
    private String reading() {
        long held = folder.ledger().held().size();
        return "reading " + folder.name()
                + (held == 0
                        ? ""
                        : "; " + held + " mails are held since the server renumbered the folder: look at"
                                + " them, then run once with --accept-resync");
    }

    private String name() {
        return folder.options().account() + "/" + folder.name();
    }
}
