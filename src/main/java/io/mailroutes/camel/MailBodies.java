package io.mailroutes.camel;

import io.mailroutes.message.Mail;
import org.apache.camel.Exchange;

/** Finds the mail of an exchange, for actions and sinks. */
public final class MailBodies {
    private MailBodies() {}

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
