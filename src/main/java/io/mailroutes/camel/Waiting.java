package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.MailWait;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one connection's session does between two polls: it waits for the server (by IDLE where it can), for what is in
 * the route, and for the time; and proves now and then that the connection lives.
 */
final class Waiting {
    private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);

    private final Folder folder;
    private final ImapConnection connection;
    private final Clock clock;
    private final Duration proof;
    private final Optional<Instant> renewAt;
    private long heardAt = System.nanoTime();
    private boolean idles;

    Waiting(Folder folder, ImapConnection connection, Clock clock) {
        this.folder = folder;
        this.connection = connection;
        this.clock = clock;
        this.proof = folder.terms().rhythm().proof();
        Instant now = clock.instant();
        // A token that was near its end already could not be had newer; the server decides then.
        this.renewAt = connection.renewAt().filter(now::isBefore);
        this.idles = folder.options().idle() && folder.mode() != RunMode.ONCE && connection.has("IDLE");
    }

    /** Whether a new connection is due, before the server cuts this one with the end of its token. */
    boolean isOver() {
        return renewAt.filter(due -> !due.isAfter(clock.instant())).isPresent();
    }

    /** A round trip that makes new mail visible and proves that the connection lives. */
    void refresh() {
        connection.noop();
        heard();
    }

    /** {@link #refresh}, when the server has not heard from us for long: it closes what is silent. */
    void refreshWhenDue() {
        if (System.nanoTime() - heardAt > proof.toNanos() * 2 / 3) {
            refresh();
        }
    }

    /**
     * Waits until the server tells of a mail, something is finished in the route, a new connection is due, or the time
     * is over.
     */
    void await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(atMost);
        long left = end - System.nanoTime();
        boolean finished = false;
        while (!finished && left > 0 && !connection.hasNews() && !folder.isStopping() && !isOver()) {
            // The signal may be an old one, of an outcome that was settled before we waited.
            finished = await(Math.min(left, Math.min(proof.toNanos(), untilRenewal())))
                    && (folder.inFlight().hasOutcome() || folder.twins().hasFree());
            left = end - System.nanoTime();
        }
    }

    private long untilRenewal() {
        return renewAt.map(due -> TimeUnit.NANOSECONDS.convert(Duration.between(clock.instant(), due)))
                .orElse(Long.MAX_VALUE);
    }

    private boolean await(long nanos) throws InterruptedException {
        Duration slice = Duration.ofNanos(Math.max(1, nanos));
        if (idles) {
            return idle(slice);
        }
        boolean finished = folder.await(slice);
        refresh();
        return finished;
    }

    private boolean idle(Duration slice) {
        MailWait wait = connection.waiting();
        boolean finished = folder.await(() -> wait.await(slice), wait::wake);
        if (wait.isRefused()) {
            LOG.warn(
                    "{}/{}: the server offers IDLE and refuses it: it is asked for new mail every {} s",
                    folder.options().account(),
                    folder.name(),
                    Math.min(folder.options().delay().toSeconds(), proof.toSeconds()));
            idles = false;
        }
        heard();
        return finished;
    }

    /** To be told when the server has just answered. */
    void heard() {
        heardAt = System.nanoTime();
        folder.status().alive();
    }
}
