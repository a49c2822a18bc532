package io.mailroutes.camel;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

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
    private Optional<Instant> lastMail = Optional.empty();
    private Optional<Hanging> hanging = Optional.empty();
    private OptionalLong backlog = OptionalLong.empty();
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

    /** Seen from outside, for what hangs cannot tell. */
    private record Hanging(String reason, Instant since) {}

    /**
     * One moment of a {@link MailboxStatus}.
     *
     * @param reason why the state is what it is, in words
     * @param since when the state was entered
     * @param proofOfLife when the server last answered
     * @param lastMail when a mail was last delivered
     * @param backlog mails that are known to wait on the server; empty before the first look
     */
    public record Snapshot(
            String account,
            String folder,
            String route,
            MailboxState state,
            String reason,
            Instant since,
            Optional<Instant> proofOfLife,
            Optional<Instant> lastMail,
            OptionalLong backlog,
            long delivered,
            long failed,
            long deadLettered) {}

    public synchronized Snapshot snapshot() {
        boolean hangs = state == MailboxState.LIVE && hanging.isPresent();
        return new Snapshot(
                account,
                folder,
                route,
                hangs ? MailboxState.BROKEN : state,
                hangs ? hanging.orElseThrow().reason() : reason,
                hangs ? hanging.orElseThrow().since() : since,
                proofOfLife,
                lastMail,
                backlog,
                delivered,
                failed,
                deadLettered);
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

    /**
     * What claims to be LIVE hangs, or does so no more. Other states know of themselves that something is wrong.
     *
     * @return whether that is news
     */
    synchronized boolean hangs(Optional<String> why) {
        boolean now = state == MailboxState.LIVE && why.isPresent();
        boolean news = now != hanging.isPresent();
        if (news) {
            hanging = now ? Optional.of(new Hanging(why.orElseThrow(), clock.instant())) : Optional.empty();
        }
        return news;
    }

    synchronized void alive() {
        proofOfLife = Optional.of(clock.instant());
    }

    /** What a look at the server found to be delivered, in the route included. */
    synchronized void found(long mails) {
        backlog = OptionalLong.of(mails);
    }

    synchronized void delivered() {
        delivered++;
        lastMail = Optional.of(clock.instant());
        oneLess();
    }

    synchronized void failed() {
        failed++;
    }

    synchronized void deadLettered() {
        deadLettered++;
        oneLess();
    }

    private void oneLess() {
        if (backlog.orElse(0) > 0) {
            backlog = OptionalLong.of(backlog.getAsLong() - 1);
        }
    }
}
