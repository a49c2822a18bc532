package io.mailroutes.imap;

import java.io.IOException;

/** The temporary file of a large mail could not be written: the disk's fault and not the server's. */
final class SpoolFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    SpoolFailedException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
