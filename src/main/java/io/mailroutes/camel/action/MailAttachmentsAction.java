package io.mailroutes.camel.action;

import io.mailroutes.camel.MailBodies;
import io.mailroutes.message.Attachment;
import io.mailroutes.message.Mail;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attachments of a mail as messages, for a splitter. What {@code kamelet:mail-attachments-action} asks. Each has
 * the headers of the mail and {@link AttachmentHeaders}; its body is a stream that may be read more than once.
 */
public final class MailAttachmentsAction implements Expression, AggregationStrategy, Processor, CamelContextAware {
    private static final Logger LOG = LoggerFactory.getLogger(MailAttachmentsAction.class);
    private static final String NAME = "mail-attachments-action";

    /** The exchange property that has what is handed on, while it is. */
    private static final String PARTS = "MailroutesAttachments";

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

    @Override
    public <T> T evaluate(Exchange exchange, Class<T> type) {
        Mail mail = MailBodies.of(exchange, NAME);
        if (!NestedSteps.areAround(exchange)) {
            throw new IllegalStateException(NAME + " has no steps inside it, so its attachments would go nowhere");
        }
        exchange.setProperty(MailBodies.MAIL, mail);
        Parts parts = new Parts(exchange, mail, wanted(mail));
        exchange.setProperty(PARTS, parts);
        return type.cast(parts);
    }

    /** Called for each attachment that is through. */
    @Override
    public Exchange aggregate(@Nullable Exchange before, Exchange part, Exchange mail) {
        mail.getProperty(PARTS, Parts.class).through(part);
        return mail;
    }

    @Override
    public Exchange aggregate(@Nullable Exchange before, Exchange part) {
        throw new UnsupportedOperationException("Camel calls the other");
    }

    /**
     * The failure of one attachment is the mail's. The steps inside have tried again what is to be tried again, and those
     * around must not do it all over: Camel's own mark for that is lost on the way out of a Kamelet.
     */
    @Override
    public void process(Exchange exchange) {
        if (exchange.removeProperty(PARTS) instanceof Parts parts && parts.failed()) {
            exchange.setRollbackOnly(true);
            parts.failure().ifPresent(exchange::setException);
        }
    }

    /** By their places in the mail, from 1. */
    private Map<Integer, Attachment> wanted(Mail mail) {
        Map<Integer, Attachment> wanted = new LinkedHashMap<>();
        int index = 0;
        for (Attachment attachment : mail.attachments()) {
            index++;
            Optional<String> objection = objection(attachment);
            if (objection.isEmpty()) {
                wanted.put(index, attachment);
            } else {
                LOG.debug("{}#{}: not handed on by {}", mail.key(), index, objection.get());
            }
        }
        return wanted;
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
}
