package io.mailroutes.oauth;

/**
 * No token came of it. The message names the account, what was tried, what the server said (cleaned and capped) and
 * what to do next. It holds no secret and, on purpose, has no cause: causes quote answers.
 */
public abstract sealed class OAuthException extends RuntimeException
        permits TransientOAuthException, PermanentOAuthException {
    private static final long serialVersionUID = 1L;

    private final String serverError;

    OAuthException(String message, String serverError) {
        super(message);
        this.serverError = serverError;
    }

    /** The {@code error} of the server's refusal (RFC 6749 section 5.2); empty when it gave none. */
    String serverError() {
        return serverError;
    }
}
