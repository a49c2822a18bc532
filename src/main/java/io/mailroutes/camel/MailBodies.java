package io.mailroutes.camel;

import io.mailroutes.message.Mail;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Finds the mail of an exchange, for actions and sinks. */
public final class MailBodies {
    /** The exchange property that has the mail while the body is a part of it, see {@link #find}. */
    public static final String MAIL = "MailroutesMail";

    private MailBodies() {}

    /** The mail that the exchange is about: its body, or what the body is a part of. */
    public static Optional<Mail> find(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof Mail mail
                ? Optional.of(mail)
                : Optional.ofNullable(exchange.getProperty(MAIL, Mail.class));
    }

    /**
     * The body of the exchange, which has to be a mail.
     *
     * @param who the Kamelet that asks, for the message
     * @throws IllegalArgumentException in words, when the body is no mail
     */
    public static Mail of(Exchange exchange, String who) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof Mail mail) {
            return mail;
        }
        String found = body == null ? "nothing" : "a " + body.getClass().getName();
        throw new IllegalArgumentException(who + " needs the mail as the body and found " + found
                + ": put it right after the source, or before the step that replaces the body");
    }
}
