package io.mailroutes.camel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a sink that knows itself whose failure it is, and perhaps how long it is to be left alone. {@code
 * mailbox:} goes by it: a failure of the sink pauses the mailbox, for at least {@link #retryAfter}, and costs no mail an
 * attempt; a failure of the mail is one attempt.
 */
public final class SinkException extends Exception {
    private static final long serialVersionUID = 1L;

    private final SinkFailure.Kind kind;
    private final Duration retryAfter;

    /**
     * @param words what failed and what to do about it, without any secret and nothing that a server wrote
     * @param retryAfter how long the sink asked to be left alone; zero when it did not say. {@code mailbox:} waits for
     *     an hour at most
     */
    public SinkException(SinkFailure.Kind kind, String words, Duration retryAfter, @Nullable Throwable cause) {
        super(words, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** Whose failure it is. */
    public SinkFailure.Kind kind() {
        return kind;
    }

    /** How long the sink asked to be left alone; zero when it did not say. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
