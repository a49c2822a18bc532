package io.mailroutes.token;

import io.mailroutes.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease of whoever changes the tokens of an account. A holder that dies loses it after 30 s, which the others wait
 * for. A holder that is slow, or was stopped, asks for it again before each step: what it read before is old by then if
 * another had it meanwhile.
 *
 * <p>To be held by one thread at a time.
 */
final class TokenLease {
    private static final Logger LOG = LoggerFactory.getLogger(TokenLease.class);
    /** Longer than one exchange (15 s) and one save (10 s) together: a live holder does not lose it. */
    private static final Duration TERM = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int MOST_POLLS = 350;

    /** A living one is seldom longer at it. */
    private static final int SILENT_POLLS = 20;

    private final String account;
    private final Leases leases;
    private final Clock clock;
    private final Pause pause;
    private final String name;
    private final String owner = UUID.randomUUID().toString();
    private Instant until = Instant.MIN;

    TokenLease(String account, Leases leases, Clock clock, Pause pause) {
        this.account = account;
        this.leases = leases;
        this.clock = clock;
        this.pause = pause;
        this.name = "token/" + account;
    }

    /** What is done under the lease; it gives up when it is interrupted. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws InterruptedException;
    }

    /** @throws TransientTokenException when others have it for longer than one holder may */
    <T> T hold(Work<T> work) throws InterruptedException {
        take();
        try {
            return work.run();
        } finally {
            release();
        }
    }

    /** Whether it is held for that long yet. */
    boolean lasts(Duration need) {
        return !clock.instant().plus(need).isAfter(until);
    }

    /** Takes it, or takes it again. */
    void take() throws InterruptedException {
        for (int poll = 0; poll < MOST_POLLS; poll++) {
            Instant now = clock.instant();
            if (leases.acquire(name, owner, now.plus(TERM), now)) {
                until = now.plus(TERM);
                return;
            }
            if (poll == SILENT_POLLS) {
                LOG.info(
                        "Account {}: waiting for another process that asks for its token; if that was killed, for up to"
                                + " {} s",
                        account,
                        TERM.toSeconds());
            }
            pause.pause(POLL);
        }
        throw new TransientTokenException(
                "Account " + account + ": other processes have been asking for its token for too long. It will be tried"
                        + " again.",
                Duration.ZERO);
    }

    private void release() {
        until = Instant.MIN;
        try {
            leases.release(name, owner);
        } catch (StoreException e) {
            // The tokens are safe by now, and the lease ends by itself.
            LOG.warn(
                    "Account {}: the lease on its token ends only in {} s: {}",
                    account,
                    TERM.toSeconds(),
                    e.getMessage());
        }
    }
}
