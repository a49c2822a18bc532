package io.mailroutes.camel;

import io.mailroutes.account.Account;
import io.mailroutes.message.Mail;
import io.mailroutes.smtp.GuardedSmtpTransport;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Date;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.component.mail.MailConstants;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a route made. camel-mail's own producer lets headers of the exchange name recipients, subject and even the
 * server; here none has a say, whoever set it: the endpoint's options do, and the properties of {@link Outgoing}.
 */
final class MailSender extends DefaultProducer {
    private final MailEndpoint endpoint;
    private final Account account;
    private final Session session;

    MailSender(MailEndpoint endpoint, Account account) {
        super(endpoint);
        this.endpoint = endpoint;
        this.account = account;
        this.session = endpoint.getConfiguration().getSession();
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Outgoing outgoing = new Outgoing(exchange);
        MimeMessage mail;
        Address[] recipients;
        if (exchange.getMessage().getBody() instanceof MimeMessage made) {
            // Sent as it is; but it may be one that somebody sent us, so its own To and Cc count for nothing.
            mail = new MimeMessage(made);
            recipients = outgoing.namesRecipients() ? outgoing.recipients() : ownRecipients();
        } else {
            mail = written(exchange, outgoing);
            recipients = mail.getAllRecipients();
        }
        send(mail, recipients);
        exchange.getMessage().setHeader(MailConstants.MAIL_MESSAGE_ID, mail.getMessageID());
    }

    private Address[] ownRecipients() throws MessagingException {
        String all = endpoint.getConfiguration().getRecipients().values().stream()
                .map(text -> text.replace(';', ','))
                .collect(Collectors.joining(","));
        if (all.isBlank()) {
            throw new IllegalArgumentException("the body is a whole mail, whose own To and Cc are not trusted: name the"
                    + " recipients with the option to of the endpoint or the exchange property " + Outgoing.TO);
        }
        return InternetAddress.parse(all);
    }

    private MimeMessage written(Exchange exchange, Outgoing outgoing) throws MessagingException, IOException {
        Exchange bare = withoutHeaders(exchange);
        if (outgoing.namesRecipients()) {
            // camel-mail refuses a mail without one; this is replaced below.
            bare.getMessage().setHeader("To", account.user());
        }
        MimeMessage mail = new MimeMessage(session);
        endpoint.getBinding().populateMailMessage(endpoint, mail, bare);
        if (MailConstants.MAIL_DEFAULT_FROM.equals(endpoint.getConfiguration().getFrom())) {
            mail.setFrom(new InternetAddress(account.user()));
        }
        outgoing.apply(mail);
        return mail;
    }

    /** What is received goes along with the mail itself, but not with a text that a route wrote in its place. */
    private static Exchange withoutHeaders(Exchange exchange) {
        Exchange bare = new DefaultExchange(exchange.getContext());
        bare.setProperty(Exchange.CHARSET_NAME, exchange.getProperty(Exchange.CHARSET_NAME, "UTF-8", String.class));
        bare.getMessage().setBody(exchange.getMessage().getBody());
        AttachmentMessage from = exchange.getMessage(AttachmentMessage.class);
        boolean all = from.getBody() instanceof Mail;
        if (from.hasAttachments()) {
            AttachmentMessage to = bare.getMessage(AttachmentMessage.class);
            from.getAttachmentObjects().forEach((name, attachment) -> {
                if (all || !MailAttachments.isReceived(attachment)) {
                    to.addAttachmentObject(name, attachment);
                }
            });
        }
        return bare;
    }

    private void send(MimeMessage mail, Address[] recipients) throws MessagingException {
        if (mail.getSentDate() == null) {
            mail.setSentDate(new Date());
        }
        @Nullable String id = mail.getMessageID();
        mail.saveChanges();
        if (id != null) {
            mail.setHeader("Message-ID", id);
        }
        String protocol = endpoint.getConfiguration().getProtocol();
        try (Transport transport = session.getTransport(protocol)) {
            if (!(transport instanceof GuardedSmtpTransport)) {
                throw new IllegalStateException("the guarded transport cannot be loaded here; nothing was sent");
            }
            transport.connect(
                    endpoint.getConfiguration().getHost(),
                    endpoint.getConfiguration().getPort(),
                    account.user(),
                    "");
            transport.sendMessage(mail, recipients);
        }
    }
}
