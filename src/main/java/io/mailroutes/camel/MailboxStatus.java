package io.mailroutes.camel;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** What is known of one folder that a route reads. Safe for many threads. */
public final class MailboxStatus {
    private final Clock clock;
    private final String account;
    private final String folder;
    private final String route;
    private MailboxState state = MailboxState.CONNECTING;
    private String reason = "not connected yet";
    private Instant since;
    private Optional<Instant> proofOfLife = Optional.empty();
    private long delivered;
    private long failed;
    private long deadLettered;

    MailboxStatus(Clock clock, String account, String folder, String route) {
        this.clock = clock;
        this.account = account;
        this.folder = folder;
        this.route = route;
        this.since = clock.instant();
    }

    /** One moment of a {@link MailboxStatus}. */
    public record Snapshot(
            String account,
            String folder,
            String route,
            MailboxState state,
            String reason,
            Instant since,
            Optional<Instant> proofOfLife,
            long delivered,
            long failed,
            long deadLettered) {}

    public synchronized Snapshot snapshot() {
        return new Snapshot(account, folder, route, state, reason, since, proofOfLife, delivered, failed, deadLettered);
    }

    /** Returns whether this is news, a state or a reason for it, which is worth a line in the log. */
    synchronized boolean enter(MailboxState next, String why) {
        boolean news = next != state || !why.equals(reason);
        if (next != state) {
            since = clock.instant();
        }
        state = next;
        reason = why;
        return news;
    }

    synchronized void alive() {
        proofOfLife = Optional.of(clock.instant());
    }

    synchronized void delivered() {
        delivered++;
    }

    synchronized void failed() {
        failed++;
    }

    synchronized void deadLettered() {
        deadLettered++;
    }
}
