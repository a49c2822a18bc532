package io.mailroutes.imap;

import io.mailroutes.token.TokenException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;

/**
 * The stock {@link IMAPStore} for one account's token: never LOGIN with it, never in clear text except to loopback, never
 * to another server. Made by the session of {@link GuardedStores}; Jakarta Mail needs the class and its constructor to
 * be public.
 */
public final class GuardedImapStore extends IMAPStore {
    private final StoreGuard guard;

    /** @throws IllegalStateException when the session is not one of {@link GuardedStores} */
    public GuardedImapStore(Session session, URLName url) {
        super(session, url);
        this.guard = StoreGuard.of(session);
    }

    @Override
    protected synchronized boolean protocolConnect(String host, int port, String user, String password)
            throws MessagingException {
        try {
            return super.protocolConnect(host, port, user, password);
        } catch (MessagingException e) {
            throw guard.explained(e);
        } catch (TokenException e) {
            throw StoreGuard.explained(e);
        }
    }

    @Override
    protected IMAPProtocol newIMAPProtocol(String host, int port) throws IOException, ProtocolException {
        return guard.connect(name, host, port, session.getProperties(), isSSL, logger);
    }
}
