package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.message.UidSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
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

    /** While a person has to act: often enough to notice that they have, and without any network for a dead token. */
    private static final Duration FIRST_LASTING = Duration.ofSeconds(30);

    private static final Duration LONGEST_LASTING = Duration.ofMinutes(10);

    private final Folder folder;
    private final Supplier<ImapConnection> connect;
    private final RunMode mode;
    private final Clock clock;
    private final Pacing pacing;
    private final Backoff passing;
    private final Backoff lasting;
    private final Backoff sinkDown;
    private final CompletableFuture<LoopResult> result = new CompletableFuture<>();
    private final AtomicReference<@Nullable ImapConnection> current = new AtomicReference<>();
    private Optional<Instant> troubledSince = Optional.empty();
    private long horizon = -1;

    FolderLoop(Folder folder, Supplier<ImapConnection> connect, RunMode mode, Clock clock, RandomGenerator random) {
        this.folder = folder;
        this.connect = connect;
        this.mode = mode;
        this.clock = clock;
        this.pacing = new Pacing(clock, folder.options().delay());
        this.passing = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), random);
        this.lasting = new Backoff(FIRST_LASTING, LONGEST_LASTING, random);
        this.sinkDown = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), random);
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
        try {
            result.complete(loop());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.complete(LoopResult.STOPPED);
        } catch (Throwable e) {
            LOG.error("{}: the loop ended, which it never should", name(), e);
            result.completeExceptionally(e);
        }
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
        try (ImapConnection connection = connect.get()) {
            current.set(connection);
            return serve(FolderSession.open(folder, connection));
        } catch (RuntimeException | Error e) {
            return afterTrouble(e);
        } finally {
            current.set(null);
        }
    }

    private Optional<LoopResult> serve(FolderSession session) throws InterruptedException {
        if (horizon < 0) {
            horizon = session.lastUid();
        }
        enter(MailboxState.LIVE, "reading " + folder.name());
        passing.reset();
        lasting.reset();
        session.refresh();
        while (!folder.isStopping()) {
            Optional<LoopResult> end = poll(session);
            if (end.isPresent()) {
                return end;
            }
            session.settle();
            session.refresh();
        }
        session.settle();
        return Optional.empty();
    }

    /** One poll and the pause after it. */
    private Optional<LoopResult> poll(FolderSession session) throws InterruptedException {
        UidSet wanted = wanted(session);
        // While a sink is down, mails with which it has not failed yet are the better probe.
        UidSet unsuspected = wanted.minus(folder.suspects());
        UidSet now = unsuspected.isEmpty() ? wanted : unsuspected;
        Optional<Throwable> sinkFailure = session.deliver(now);
        if (sinkFailure.isPresent()) {
            return pauseForSink(sinkFailure.get());
        }
        sinkWorks();
        if (mode == RunMode.ONCE) {
            Optional<LoopResult> end = endOfOnce(session);
            if (end.isPresent()) {
                return end;
            }
        }
        boolean moreAtOnce = now.size() < wanted.size() || mode == RunMode.ONCE && !now.isEmpty();
        if (!moreAtOnce) {
            folder.await(pacing.untilNextPoll(folder.candidates().nextDue()));
        }
        return Optional.empty();
    }

    private UidSet wanted(FolderSession session) {
        UidSet wanted = session.candidates();
        if (mode == RunMode.ONCE) {
            wanted = wanted.and(UidSet.range(1, horizon));
        }
        int most = folder.options().maxMessagesPerPoll();
        return most > 0 ? wanted.first(most) : wanted;
    }

    private Optional<LoopResult> endOfOnce(FolderSession session) {
        session.settle();
        boolean somethingWaits = !folder.inFlight().isEmpty()
                || folder.ledger().waiting().stream().anyMatch(attempt -> attempt.uid() <= horizon);
        if (!folder.fetchTrouble().isEmpty()) {
            return isImpatient() ? Optional.of(LoopResult.UNREACHABLE) : Optional.empty();
        }
        return somethingWaits || !wanted(session).isEmpty() ? Optional.empty() : Optional.of(LoopResult.DONE);
    }

    private Optional<LoopResult> pauseForSink(Throwable failure) throws InterruptedException {
        String why = failure.getClass().getSimpleName() + ": " + Cleaned.text(failure.getMessage());
        enter(MailboxState.SINK_DOWN, "the sink of the route cannot take mail, nothing is lost: " + why);
        if (isImpatient()) {
            return Optional.of(LoopResult.UNREACHABLE);
        }
        folder.await(sinkDown.next(Duration.ZERO));
        return Optional.empty();
    }

    private void sinkWorks() {
        sinkDown.reset();
        if (folder.fetchTrouble().isEmpty()) {
            troubledSince = Optional.empty();
        }
        enter(MailboxState.LIVE, "reading " + folder.name());
    }

    private Optional<LoopResult> afterTrouble(Throwable failure) throws InterruptedException {
        if (folder.isStopping()) {
            LOG.debug("{}: closed while stopping", name());
            return Optional.empty();
        }
        Trouble trouble = Trouble.of(failure);
        enter(trouble.state(), Cleaned.text(failure.getMessage()));
        if (trouble.state() == MailboxState.BROKEN) {
            LOG.debug("{}: {}", name(), trouble.state(), failure);
        }
        if (mode == RunMode.ONCE && (trouble.lasting() || isImpatient())) {
            return Optional.of(trouble.result());
        }
        Backoff backoff = trouble.lasting() ? lasting : passing;
        folder.await(backoff.next(trouble.least()));
        return Optional.empty();
    }

    private boolean isImpatient() {
        Instant since = troubledSince.orElseGet(clock::instant);
        troubledSince = Optional.of(since);
        return mode == RunMode.ONCE && clock.instant().isAfter(since.plus(PATIENCE));
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

    private String name() {
        return folder.options().account() + "/" + folder.name();
    }
}
