package io.mailroutes.imap;

import org.jspecify.annotations.Nullable;

/** An IMAP connection could not do what was asked. The message names the account, what was tried and what to do. */
public abstract sealed class ImapException extends RuntimeException
        permits TransientImapException, PermanentImapException {
    private static final long serialVersionUID = 1L;

    ImapException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
