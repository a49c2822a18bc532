package io.mailroutes.camel.action;

import io.mailroutes.message.Attachment;
import io.mailroutes.message.Mail;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/**
 * The attachments of one mail on their way, one after the other. When one fails there is no next: a sink that is down
 * must not be asked a thousand times. Camel's {@code stopOnException} is not used for that, because with it a {@code stop}
 * or a filter that ends the steps of one attachment ends those of all, without a word.
 */
final class Parts implements Iterator<Message> {
    private final Exchange exchange;
    private final Mail mail;
    private final Map<String, Object> headers;
    private final Iterator<Map.Entry<Integer, Attachment>> attachments;
    private boolean failed;
    private @Nullable Throwable failure;

    /** @param attachments by their places in the mail, from 1 */
    Parts(Exchange exchange, Mail mail, Map<Integer, Attachment> attachments) {
        this.exchange = exchange;
        this.mail = mail;
        this.headers = new LinkedHashMap<>(exchange.getMessage().getHeaders());
        this.attachments = attachments.entrySet().iterator();
    }

    @Override
    public boolean hasNext() {
        return !failed && attachments.hasNext();
    }

    @Override
    public Message next() {
        Map.Entry<Integer, Attachment> next = attachments.next();
        int index = next.getKey();
        Map<String, Object> own = new LinkedHashMap<>(headers);
        AttachmentHeaders.put(mail, next.getValue(), index, own);
        Message message = new DefaultMessage(exchange);
        message.setMessageId(mail.key().text() + "#" + index);
        message.setHeaders(own);
        message.setBody(new AttachmentStream(next.getValue().content()));
        return message;
    }

    /** What became of one of them. */
    void through(Exchange part) {
        failed = failed || part.getException() != null || part.isRollbackOnly() || part.isRollbackOnlyLast();
        failure = failure != null ? failure : part.getException();
    }

    boolean failed() {
        return failed;
    }

    /** Empty also when the steps only rolled back. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }
}
