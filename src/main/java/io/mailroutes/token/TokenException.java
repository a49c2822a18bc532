package io.mailroutes.token;

/** No token can be had. The message names the account, what was tried and what to do next, and no secret. */
public abstract sealed class TokenException extends RuntimeException
        permits TransientTokenException, NeedsLoginException {
    private static final long serialVersionUID = 1L;

    TokenException(String message) {
        super(message);
    }
}
