package io.mailroutes.token;

import java.time.Duration;

/** The authorization server could not be reached or asked to come back later. */
public final class TransientTokenException extends TokenException {
    private static final long serialVersionUID = 1L;
    private final Duration retryAfter;

    /** @param retryAfter what the server asked for; zero when it said nothing */
    public TransientTokenException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** What the server asked for; zero when it said nothing. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
