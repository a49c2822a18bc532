package io.mailroutes.camel;

import io.mailroutes.imap.ImapException;

/** Mails could not be fetched. {@link FetchTrouble} knows which, so that the others go on at once. */
final class FetchFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ImapException failure;

    FetchFailedException(ImapException failure) {
        super(failure.getMessage(), failure);
        this.failure = failure;
    }

    ImapException failure() {
        return failure;
    }
}
