package io.mailroutes.imap;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Trying again later may help: connection lost, server busy, session ended, throttled. */
public final class TransientImapException extends ImapException {
    private static final long serialVersionUID = 1L;
    private final Duration retryAfter;

    /** @param retryAfter what the server asked for; zero when it said nothing */
    public TransientImapException(String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** What the server asked for; zero when it said nothing. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
