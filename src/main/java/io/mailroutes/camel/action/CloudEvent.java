package io.mailroutes.camel.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailJson;
import io.mailroutes.message.PathSegment;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A mail as a CloudEvent, version 1.0.
 *
 * @param attributes by their names, {@code specversion} first, without {@code datacontenttype}
 * @param data the {@linkplain MailJson JSON form} of the mail
 */
record CloudEvent(Map<String, String> attributes, String data) {
    static final String DATA_TYPE = "application/json";

    /** Servers and brokers limit their headers, and each of these may become nine bytes. */
    private static final int LONGEST_SUBJECT = 200;

    private static final JsonFactory JSON = new JsonFactory();

    CloudEvent {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** @param source empty for {@code mailroutes:ACCOUNT/FOLDER} */
    static CloudEvent of(Mail mail, String source, String type, String schema) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("specversion", "1.0");
        attributes.put("id", mail.key().text());
        attributes.put("source", source.isEmpty() ? source(mail) : source);
        attributes.put("type", type);
        attributes.put("time", mail.internalDate().toString());
        if (!schema.isEmpty()) {
            attributes.put("dataschema", schema);
        }
        mail.envelope()
                .subject()
                .map(CloudEvent::shortened)
                .filter(subject -> !subject.isEmpty())
                .ifPresent(subject -> attributes.put("subject", subject));
        return new CloudEvent(attributes, new String(MailJson.of(mail), UTF_8));
    }

    private static String source(Mail mail) {
        return "mailroutes:" + PathSegment.encode(mail.key().account()) + "/"
                + PathSegment.encode(mail.key().folder());
    }

    /** By way of UTF-8, for half a character is no text there. */
    private static String shortened(String subject) {
        String cut = subject.length() > LONGEST_SUBJECT ? subject.substring(0, LONGEST_SUBJECT) : subject;
        return new String(cut.getBytes(UTF_8), UTF_8).strip();
    }

    /** The JSON format, in which the mail is a part of the event. */
    String structured() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                json.writeStringField(attribute.getKey(), attribute.getValue());
            }
            json.writeStringField("datacontenttype", DATA_TYPE);
            json.writeFieldName("data");
            json.writeRawValue(data);
            json.writeEndObject();
        }
        return text.toString();
    }
}
