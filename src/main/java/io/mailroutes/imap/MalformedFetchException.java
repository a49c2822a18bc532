package io.mailroutes.imap;

import org.eclipse.angus.mail.iap.ProtocolException;

/** A FETCH answer cannot be read, as when a mail is not as long as announced: the two sides are out of step. */
final class MalformedFetchException extends ProtocolException {
    private static final long serialVersionUID = 1L;

    MalformedFetchException(String words) {
        super(words);
    }
}
