package io.mailroutes.camel;

import io.mailroutes.message.FileContent;
import io.mailroutes.message.Mail;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.trait.message.MessageTrait;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The message of one mail. Its head is read when a route asks for a header, its parts when a route asks for what only
 * they tell: {@code MailParseError}, all headers at once, or the attachments. Most routes do not, and reading is most
 * of what a mail costs.
 */
final class RouteMessage extends DefaultMessage {
    private static final Logger LOG = LoggerFactory.getLogger(RouteMessage.class);

    private final Mail mail;
    private boolean complete;
    private boolean attached;

    RouteMessage(Exchange exchange, Mail mail) {
        super(exchange);
        this.mail = mail;
        setMessageId(mail.key().text());
        setBody(mail);
    }

    @Override
    protected void populateInitialHeaders(Map<String, Object> map) {
        MailHeaders.putHead(mail, map);
    }

    @Override
    protected boolean isPopulateHeadersSupported() {
        return true;
    }

    /** Puts what is missing when it is this header that is asked for. */
    private void ready(String name) {
        if (MailHeaders.PARSE_ERROR.equalsIgnoreCase(name)) {
            complete();
        }
    }

    private void complete() {
        if (!complete) {
            complete = true;
            parseError().ifPresent(error -> super.setHeader(MailHeaders.PARSE_ERROR, error));
        }
    }

    /** A copy that a route took aside may be asked when the mail is delivered and its file is gone. */
    private Optional<String> parseError() {
        try {
            return mail.parseError();
        } catch (UncheckedIOException gone) {
            LOG.debug("{}: whether it could be parsed is not known any more", mail.key(), gone);
            return Optional.empty();
        }
    }

    /** What is not read is not read for a copy either: Camel copies a message at every Kamelet, and back again. */
    @Override
    public Message copy() {
        RouteMessage copy = new RouteMessage(getExchange(), mail);
        copy.copyFrom(this);
        return copy;
    }

    @Override
    public void copyFromWithNewBody(Message that, Object newBody) {
        if (that == this || !(that instanceof RouteMessage other) || other.mail != mail) {
            super.copyFromWithNewBody(that, newBody);
            return;
        }
        setMessageId(other.getMessageId());
        setBody(newBody);
        if (other.hasPopulatedHeaders() || hasPopulatedHeaders() || mail.raw() instanceof FileContent) {
            super.setHeaders(getCamelContext()
                    .getCamelContextExtension()
                    .getHeadersMapFactory()
                    .newMap(other.present()));
        }
        complete = other.complete;
        if (other.attached || attached) {
            copyAttachments(other);
        }
    }

    private void copyAttachments(RouteMessage other) {
        attached = true;
        if (other.getPayloadForTrait(MessageTrait.ATTACHMENTS) instanceof Map<?, ?> attachments) {
            super.setPayloadForTrait(MessageTrait.ATTACHMENTS, new LinkedHashMap<>(attachments));
        } else {
            super.removeTrait(MessageTrait.ATTACHMENTS);
        }
    }

    /** The headers so far, the head's at least. */
    private Map<String, Object> present() {
        return super.getHeaders();
    }

    @Override
    public Object getHeader(String name) {
        ready(name);
        return super.getHeader(name);
    }

    @Override
    public Object getHeader(String name, Object defaultValue) {
        ready(name);
        return super.getHeader(name, defaultValue);
    }

    @Override
    public Object getHeader(String name, Supplier<Object> defaultValue) {
        ready(name);
        return super.getHeader(name, defaultValue);
    }

    @Override
    public <T> T getHeader(String name, Class<T> type) {
        ready(name);
        return super.getHeader(name, type);
    }

    @Override
    public <T> T getHeader(String name, Object defaultValue, Class<T> type) {
        ready(name);
        return super.getHeader(name, defaultValue, type);
    }

    @Override
    public <T> T getHeader(String name, Supplier<Object> defaultValue, Class<T> type) {
        ready(name);
        return super.getHeader(name, defaultValue, type);
    }

    @Override
    public void setHeader(String name, Object value) {
        ready(name);
        super.setHeader(name, value);
    }

    @Override
    public Object removeHeader(String name) {
        ready(name);
        return super.removeHeader(name);
    }

    @Override
    public boolean removeHeaders(String pattern, String... excludePatterns) {
        complete();
        return super.removeHeaders(pattern, excludePatterns);
    }

    @Override
    public Map<String, Object> getHeaders() {
        complete();
        return super.getHeaders();
    }

    @Override
    public void setHeaders(Map<String, Object> headers) {
        complete = true;
        super.setHeaders(headers);
    }

    @Override
    public boolean hasTrait(MessageTrait trait) {
        attach(trait);
        return super.hasTrait(trait);
    }

    @Override
    public @Nullable Object getPayloadForTrait(MessageTrait trait) {
        attach(trait);
        return super.getPayloadForTrait(trait);
    }

    @Override
    public void setPayloadForTrait(MessageTrait trait, Object object) {
        attached = attached || trait == MessageTrait.ATTACHMENTS;
        super.setPayloadForTrait(trait, object);
    }

    @Override
    public void removeTrait(MessageTrait trait) {
        attached = attached || trait == MessageTrait.ATTACHMENTS;
        super.removeTrait(trait);
    }

    private void attach(MessageTrait trait) {
        if (trait == MessageTrait.ATTACHMENTS && !attached) {
            attached = true;
            Map<String, Object> attachments = MailAttachments.of(mail);
            if (!attachments.isEmpty()) {
                super.setPayloadForTrait(MessageTrait.ATTACHMENTS, attachments);
            }
        }
    }
}
