package io.mailroutes.imap;

import io.mailroutes.sasl.ServerText;
import org.eclipse.angus.mail.iap.ProtocolException;

/** The server ended the connection and said why (BYE, RFC 9051 section 7.1.5). */
final class ServerByeException extends ProtocolException {
    private static final long serialVersionUID = 1L;

    ServerByeException(String text) {
        super(ServerText.clean(text));
    }
}
