package io.mailroutes.imap;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Trying again later may help: connection lost, server busy, session ended, throttled. */
public final class TransientImapException extends ImapException {
    private static final long serialVersionUID = 1L;

    /** What passes, and how. */
    public enum Kind {
        /**
         * The server ended the session because its token or its time was up, as Gmail and Exchange do each hour: connect
         * again at once, with a valid token. No reason for an alarm.
         */
        SESSION_ENDED,
        /** The server is busy, or this account asks too much of it: wait, {@link #retryAfter} at least. */
        BUSY,
        /**
         * The token was taken and the mailbox stays closed: an overload, or a permission that is missing. When it comes
         * again and again with long waits between, somebody has to look at the account's rights.
         */
        MAILBOX_NOT_OPENED,
        /** The server was not reached, or the connection was lost. */
        CONNECTION
    }

    private final Kind kind;
    private final Duration retryAfter;

    /**
     * Of kind {@link Kind#CONNECTION}.
     *
     * @param retryAfter what the server asked for; zero when it said nothing
     */
    public TransientImapException(String message, Duration retryAfter, @Nullable Throwable cause) {
        this(Kind.CONNECTION, message, retryAfter, cause);
    }

    /** @param retryAfter what the server asked for; zero when it said nothing */
    public TransientImapException(Kind kind, String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    /** What the server asked for; zero when it said nothing. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
