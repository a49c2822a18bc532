package io.mailroutes.imap;

import java.io.IOException;

/** The server sends more than any honest one does. */
final class LimitExceededException extends IOException {
    private static final long serialVersionUID = 1L;

    LimitExceededException(String what) {
        super(what);
    }
}
