package io.mailroutes.store;

import java.time.Instant;
import java.util.Optional;

/**
 * One mail that is not done.
 *
 * @param attempts how often it has failed
 * @param nextAttempt when it may be tried again, to the millisecond; present while it waits
 * @param error the last failure
 */
public record MailRow(
        long uid,
        MailState state,
        int attempts,
        Optional<Instant> nextAttempt,
        Optional<MailError> error,
        Instant changedAt) {
    /** The same under another UID. */
    public MailRow withUid(long other) {
        return new MailRow(other, state, attempts, nextAttempt, error, changedAt);
    }

    /**
     * Why a mail failed.
     *
     * @param type the class of the exception
     * @param text its message
     */
    public record MailError(String type, String text) {}
}
