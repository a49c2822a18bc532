package io.mailroutes.smtp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Trying again later may help: connection lost, server busy, no token to be had just now. */
public final class TransientSmtpException extends SmtpException {
    private static final long serialVersionUID = 1L;
    private final Duration retryAfter;

    TransientSmtpException(String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** What the server asked for; zero when it said nothing. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
