package io.mailroutes.imap;

import java.util.OptionalLong;
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
        PROTOCOL,
        /** One mail is larger than {@link ImapSettings#maximumSize}; see {@link #uid}. The connection is closed. */
        MAIL_TOO_LARGE,
        /** The server does not understand the criteria of a search that a user wrote. */
        CRITERIA_REFUSED
    }

    private final Reason reason;
    private final long uid;
    private final long size;

    public PermanentImapException(Reason reason, String message, @Nullable Throwable cause) {
        this(reason, message, 0, 0, cause);
    }

    private PermanentImapException(Reason reason, String message, long uid, long size, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.uid = uid;
        this.size = size;
    }

    static PermanentImapException tooLarge(String message, MailTooLargeException large) {
        return new PermanentImapException(
                Reason.MAIL_TOO_LARGE, message, large.uid().orElse(0), large.size(), null);
    }

    public Reason reason() {
        return reason;
    }

    /**
     * For {@link Reason#MAIL_TOO_LARGE} the mail that is too large; empty when the server had not named it yet, then
     * fetch the mails of the set one by one.
     */
    public OptionalLong uid() {
        return uid == 0 ? OptionalLong.empty() : OptionalLong.of(uid);
    }

    /** For {@link Reason#MAIL_TOO_LARGE} the bytes that the server was about to send; 0 for the others. */
    public long size() {
        return size;
    }
}
