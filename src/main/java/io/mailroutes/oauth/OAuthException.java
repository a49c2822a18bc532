package io.mailroutes.oauth;

/**
 * No token came of it. The message names the account, what was tried, what the server said (cleaned and capped) and
 * what to do next. It holds no secret and, on purpose, has no cause: causes quote answers.
 */
public abstract sealed class OAuthException extends RuntimeException
        permits TransientOAuthException, PermanentOAuthException {
    private static final long serialVersionUID = 1L;

    private final String serverError;
    private final boolean answerLost;

    OAuthException(String message, String serverError, boolean answerLost) {
        super(message);
        this.serverError = serverError;
        this.answerLost = answerLost;
    }

    /** The {@code error} of the server's refusal (RFC 6749 section 5.2); empty when it gave none. */
    public String serverError() {
        return serverError;
    }

    /** Whether the server may have done what was asked, and what it gave has not arrived or cannot be used. */
    public boolean answerLost() {
        return answerLost;
    }
}
