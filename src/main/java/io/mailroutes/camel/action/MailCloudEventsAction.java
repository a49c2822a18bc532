package io.mailroutes.camel.action;

import io.mailroutes.camel.MailBodies;
import io.mailroutes.message.Mail;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.trait.message.MessageTrait;

/**
 * Makes the mail a CloudEvent 1.0 with its JSON form as the data. What {@code kamelet:mail-cloudevents-action} does. No
 * header and no attachment of the mail stays beside it.
 */
public final class MailCloudEventsAction implements Processor {
    /** Where the attributes of the event are. */
    public enum Mode {
        /** In the body, around the data. */
        STRUCTURED,
        /** In headers; the body is the data. */
        BINARY
    }

    /** What the event says that happened, unless another {@code type} is set. */
    public static final String TYPE = "io.mailroutes.mail.received.v1";

    /** The name of the schema of the data, unless another {@code dataSchema} is set. */
    public static final String SCHEMA = "urn:mailroutes:schema:mail:1";

    private static final String NAME = "mail-cloudevents-action";

    private Mode mode = Mode.STRUCTURED;
    private EventBinding binding = EventBinding.HTTP;
    private String source = "";
    private String type = TYPE;
    private String dataSchema = SCHEMA;

    /** {@code structured} (the default) or {@code binary}. */
    public void setMode(String mode) {
        this.mode = oneOf(Mode.values(), "mode", mode);
    }

    /** {@code http} (the default) or {@code kafka}: how headers are named. */
    public void setBinding(String binding) {
        this.binding = oneOf(EventBinding.values(), "binding", binding);
    }

    /** A URI for where the events come from; empty, the default: {@code mailroutes:ACCOUNT/FOLDER}. */
    public void setSource(String source) {
        this.source = uri("source", source);
    }

    /** What happened; {@link #TYPE} unless set. */
    public void setType(String type) {
        if (type.isBlank() || type.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
            throw refusal("type", type, "give one word, such as " + TYPE);
        }
        this.type = type;
    }

    /** The URI of the data's schema; {@link #SCHEMA} unless set, and none when it is empty. */
    public void setDataSchema(String dataSchema) {
        this.dataSchema = uri("dataSchema", dataSchema);
        if (!dataSchema.isBlank() && !URI.create(this.dataSchema).isAbsolute()) {
            throw refusal("dataSchema", dataSchema, "give a whole URI, with its scheme");
        }
    }

    private static <E extends Enum<E>> E oneOf(E[] values, String option, String value) {
        return Arrays.stream(values)
                .filter(one -> one.name().equalsIgnoreCase(value.strip()))
                .findFirst()
                .orElseThrow(() -> refusal(
                        option,
                        value,
                        "use "
                                + String.join(
                                        " or ",
                                        Arrays.stream(values)
                                                .map(one -> one.name().toLowerCase(Locale.ROOT))
                                                .toList())));
    }

    private static String uri(String option, String value) {
        try {
            return new URI(value.strip()).toASCIIString();
        } catch (URISyntaxException e) {
            throw refusal(option, value, "it is no URI");
        }
    }

    private static IllegalArgumentException refusal(String option, String value, String advice) {
        return new IllegalArgumentException(NAME + ": " + option + "=" + value + " cannot be used: " + advice);
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Mail mail = MailBodies.of(exchange, NAME);
        exchange.setProperty(MailBodies.MAIL, mail);
        CloudEvent event = CloudEvent.of(mail, source, type, dataSchema);
        boolean structured = mode == Mode.STRUCTURED;
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put(binding.contentType(), structured ? "application/cloudevents+json" : CloudEvent.DATA_TYPE);
        if (!structured) {
            event.attributes().forEach((name, value) -> headers.put(binding.header(name), binding.value(value)));
        }
        Message message = exchange.getMessage();
        message.setHeaders(headers);
        message.setBody(structured ? event.structured() : event.data());
        message.removeTrait(MessageTrait.ATTACHMENTS);
    }
}
