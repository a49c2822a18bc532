package io.mailroutes.imap;

import java.io.IOException;
import java.util.OptionalLong;

/** A mail is larger than may be fetched; the rest of it is still on the wire. */
final class MailTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
    private final long uid;
    private final long size;

    /** @param uid 0 when the server sends it after the mail */
    MailTooLargeException(long uid, long size, long maximum) {
        super("the mail has " + size + " bytes, more than the " + maximum + " allowed");
        this.uid = uid;
        this.size = size;
    }

    OptionalLong uid() {
        return uid == 0 ? OptionalLong.empty() : OptionalLong.of(uid);
    }

    long size() {
        return size;
    }
}
