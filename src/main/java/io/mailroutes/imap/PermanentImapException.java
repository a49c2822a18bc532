package io.mailroutes.imap;

import org.jspecify.annotations.Nullable;

/** A person has to act. */
public final class PermanentImapException extends ImapException {
    private static final long serialVersionUID = 1L;

    /** What has to be acted upon. */
    public enum Reason {
        /** The server refused the credentials of this account, a new token included. */
        CREDENTIALS_REFUSED,
        /** The server offers no mechanism that this account may use; nothing secret was sent. */
        NO_MECHANISM,
        /** The server's certificate is not trusted, expired or for another name, or STARTTLS is missing. */
        NOT_SECURE,
        /** There is no such folder, or it may not be opened. */
        NO_FOLDER,
        /** The server broke the protocol or a limit of ours. */
        PROTOCOL
    }

    private final Reason reason;

    public PermanentImapException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
