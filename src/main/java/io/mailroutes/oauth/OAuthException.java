package io.mailroutes.oauth;

/**
 * No token came of it. The message names the account, what was tried, what the server said (cleaned and capped) and
 * what to do next. It holds no secret and, on purpose, has no cause: causes quote answers.
 */
public abstract sealed class OAuthException extends RuntimeException
        permits TransientOAuthException, PermanentOAuthException {
    private static final long serialVersionUID = 1L;

    OAuthException(String message) {
        super(message);
    }
}
