package io.mailroutes.oauth;

import java.time.Duration;

/** The server was not reached or asked to come back later: the same request may work then. */
public final class TransientOAuthException extends OAuthException {
    private static final long serialVersionUID = 1L;
    private final Duration retryAfter;

    TransientOAuthException(String message, Duration retryAfter, String serverError, boolean answerLost) {
        super(message, serverError, answerLost);
        this.retryAfter = retryAfter;
    }

    /** What the server asked for, capped at one hour; zero when it said nothing. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
