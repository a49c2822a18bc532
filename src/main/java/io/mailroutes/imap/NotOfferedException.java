package io.mailroutes.imap;

import org.eclipse.angus.mail.iap.ProtocolException;

/** Logging in here would give a secret away: the server offers no mechanism for it, or the line is in clear text. */
final class NotOfferedException extends ProtocolException {
    private static final long serialVersionUID = 1L;
    private final PermanentImapException.Reason reason;

    NotOfferedException(PermanentImapException.Reason reason, String words) {
        super(words);
        this.reason = reason;
    }

    PermanentImapException.Reason reason() {
        return reason;
    }
}
