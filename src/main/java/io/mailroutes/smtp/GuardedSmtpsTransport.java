package io.mailroutes.smtp;

import jakarta.mail.Session;
import jakarta.mail.URLName;

/** {@link GuardedSmtpTransport} with TLS from the first byte (RFC 8314 section 3.3). */
public final class GuardedSmtpsTransport extends GuardedSmtpTransport {
    /** @throws IllegalStateException when the session is not one of {@link GuardedTransports} */
    public GuardedSmtpsTransport(Session session, URLName url) {
        super(session, url, "smtps", true);
    }
}
