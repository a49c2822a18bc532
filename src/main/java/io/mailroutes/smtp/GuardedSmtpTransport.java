package io.mailroutes.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * The stock {@link SMTPTransport} for one account's credential: a token only as XOAUTH2 or OAUTHBEARER, never in clear
 * text except to loopback, never to another server. Angus connects and secures; the login is ours. Made by the session
 * of {@link GuardedTransports}; Jakarta Mail needs the class and its constructor to be public.
 */
public class GuardedSmtpTransport extends SMTPTransport {
    private final TransportGuard guard;
    private final Line line;
    private boolean knowsExtensions;

    /** @throws IllegalStateException when the session is not one of {@link GuardedTransports} */
    public GuardedSmtpTransport(Session session, URLName url) {
        this(session, url, "smtp", false);
    }

    GuardedSmtpTransport(Session session, URLName url, String protocol, boolean tls) {
        super(Line.session(session, protocol, TransportGuard.of(session).account()), url, protocol, tls);
        this.guard = TransportGuard.of(this.session);
        this.line = Line.of(this.session);
    }

    /** The credential that is passed is ignored: it was handed out before it was known where it would go. */
    @Override
    protected synchronized boolean protocolConnect(
            String host, int port, @Nullable String user, @Nullable String password) throws MessagingException {
        guard.connect(this, host, port);
        return true;
    }

    /** Connects and secures, without a login: Angus's own would send what it has to whoever asks. */
    synchronized void open(String host, int port) throws MessagingException {
        knowsExtensions = false;
        super.protocolConnect(host, port, null, null);
    }

    /** Closes at once what is not to be used. */
    synchronized void abandon() {
        line.cut();
        setConnected(true);
        try {
            super.close();
        } catch (MessagingException expected) {
            setConnected(false); // QUIT cannot be sent any more; the socket was closed all the same
        }
    }

    /** What was said before TLS is worth nothing (RFC 3207 section 4.2), and Angus would keep it when this one fails. */
    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        knowsExtensions = super.ehlo(domain);
        return knowsExtensions;
    }

    final boolean knowsExtensions() {
        return knowsExtensions;
    }

    /** The SASL mechanisms of the last EHLO (RFC 4954 section 3). */
    final List<String> mechanisms() {
        @Nullable String offered = getExtensionParameter("AUTH");
        return offered == null ? List.of() : List.of(offered.strip().split("\\s+", 20));
    }

    final Line line() {
        return line;
    }
}
