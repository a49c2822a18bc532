package io.mailroutes.camel.action;

import io.mailroutes.camel.MailBodies;
import io.mailroutes.message.Attachment;
import io.mailroutes.message.Mail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attachments of a mail as messages, for a splitter. What {@code kamelet:mail-attachments-action} asks. Each has
 * the headers of the mail and {@link AttachmentHeaders}; its body is a stream that may be read more than once.
 */
public final class MailAttachmentsAction implements Expression, Processor, CamelContextAware {
    private static final Logger LOG = LoggerFactory.getLogger(MailAttachmentsAction.class);
    private static final String NAME = "mail-attachments-action";

    private boolean inline = true;
    private Patterns types = Patterns.NONE;
    private Patterns names = Patterns.NONE;
    private long maxSize;
    private @Nullable CamelContext context;

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
        NestedSteps.require(context, NAME);
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return context;
    }

    /** Whether attachments that are shown inside the text are handed on too; true unless set. */
    public void setInline(boolean inline) {
        this.inline = inline;
    }

    /** Media types, comma separated, {@code *} for anything; all unless set. */
    public void setTypes(String types) {
        this.types = Patterns.of(types, ',');
    }

    /** File names, comma separated, {@code *} for anything; all unless set. With types too, one of both has to match. */
    public void setNames(String names) {
        this.names = Patterns.of(names, ',');
    }

    /** The most decoded bytes of an attachment that is handed on; 0, the default: any. */
    public void setMaxSize(long maxSize) {
        if (maxSize < 0) {
            throw new IllegalArgumentException(NAME + ": maxSize=" + maxSize + " is no size: give bytes, or 0 for any");
        }
        this.maxSize = maxSize;
    }

    /**
     * The failure of one attachment is the mail's, as it was thrown. The steps inside have tried again what is to be
     * tried again, and those around must not do it all over: Camel's own mark for that is lost on the way out.
     */
    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.setException(
                failure instanceof CamelExchangeException && failure.getCause() != null ? failure.getCause() : failure);
        exchange.setRollbackOnly(true);
    }

    @Override
    public <T> T evaluate(Exchange exchange, Class<T> type) {
        return type.cast(messages(exchange));
    }

    private List<Message> messages(Exchange exchange) {
        Mail mail = MailBodies.of(exchange, NAME);
        exchange.setProperty(MailBodies.MAIL, mail);
        Map<String, Object> headers = exchange.getMessage().getHeaders();
        List<Message> messages = new ArrayList<>();
        int index = 0;
        for (Attachment attachment : mail.attachments()) {
            index++;
            Optional<String> objection = objection(attachment);
            if (objection.isPresent()) {
                LOG.debug("{}#{}: not handed on by {}", mail.key(), index, objection.get());
            } else {
                messages.add(message(exchange, mail, attachment, index, headers));
            }
        }
        return messages;
    }

    /** The option that keeps it back. */
    private Optional<String> objection(Attachment attachment) {
        if (attachment.inline() && !inline) {
            return Optional.of("inline");
        }
        if (!isWanted(attachment)) {
            return Optional.of("types and names");
        }
        return maxSize > 0 && attachment.content().size() > maxSize ? Optional.of("maxSize") : Optional.empty();
    }

    /** A sender may call a PDF application/octet-stream, so that the type alone does not tell. */
    private boolean isWanted(Attachment attachment) {
        boolean any = types.isEmpty() && names.isEmpty();
        return any
                || types.match(attachment.type())
                || names.match(attachment.originalName().orElse(attachment.safeName()));
    }

    private static Message message(
            Exchange exchange, Mail mail, Attachment attachment, int index, Map<String, Object> headers) {
        Map<String, Object> own = new LinkedHashMap<>(headers);
        AttachmentHeaders.put(mail, attachment, index, own);
        Message message = new DefaultMessage(exchange);
        message.setMessageId(mail.key().text() + "#" + index);
        message.setHeaders(own);
        message.setBody(new AttachmentStream(attachment.content()));
        return message;
    }
}
