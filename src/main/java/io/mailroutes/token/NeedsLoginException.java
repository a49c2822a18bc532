package io.mailroutes.token;

/** The grant is dead or the client is misconfigured: asking again cannot help, a person has to act. */
public final class NeedsLoginException extends TokenException {
    private static final long serialVersionUID = 1L;

    public NeedsLoginException(String message) {
        super(message);
    }
}
