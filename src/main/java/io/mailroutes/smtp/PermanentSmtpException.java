package io.mailroutes.smtp;

import org.jspecify.annotations.Nullable;

/** A person has to act. */
public final class PermanentSmtpException extends SmtpException {
    private static final long serialVersionUID = 1L;

    /** What has to be acted upon. */
    public enum Reason {
        /** The server refused the credentials of this account, a new token included. */
        CREDENTIALS_REFUSED,
        /** The server offers no mechanism that this account may use; nothing secret was sent. */
        NO_MECHANISM,
        /** Not the account's server, its certificate is not trusted, or STARTTLS is missing; nothing secret was sent. */
        NOT_SECURE,
        /** The server broke the protocol, or turns this client away. */
        PROTOCOL
    }

    private final Reason reason;

    PermanentSmtpException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
