package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.message.Mail;
import io.mailroutes.message.MailJson;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Replaces the mail by its JSON form, a String. What {@code kamelet:mail-json-action} does. */
public final class MailJsonAction implements Processor {
    @Override
    public void process(Exchange exchange) {
        Mail mail = MailBodies.of(exchange, "mail-json-action");
        Message message = exchange.getMessage();
        message.setBody(new String(MailJson.of(mail), UTF_8));
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    }
}
