package io.mailroutes.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The JSON form of a mail: one UTF-8 object without the bytes of attachments, which are named by size and digest. What
 * a mail does not have is left out; lists are always there, if empty. Times are ISO 8601 in UTC.
 */
public final class MailJson {
    /** Written as {@code version}; adding a field does not change it. */
    public static final int VERSION = 1;

    private static final JsonFactory JSON = new JsonFactory();

    private MailJson() {}

    /** Fails with {@link UncheckedIOException} only when the raw bytes cannot be read. */
    public static byte[] of(Mail mail) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(mail, out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the raw mail " + mail.key(), e);
        }
        return out.toByteArray();
    }

    /** Writes the same and leaves the stream open. */
    public static void write(Mail mail, OutputStream out) throws IOException {
        write(mail, Sha256.hex(mail.raw()), out);
    }

    /** @param sha256 the digest of the raw mail, for who has it already */
    static void write(Mail mail, String sha256, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            writeDelivery(mail, sha256, json);
            writeEnvelope(mail.envelope(), json);
            writeOptional("text", mail.text(), json);
            writeOptional("html", mail.html(), json);
            json.writeArrayFieldStart("attachments");
            for (Attachment attachment : mail.attachments()) {
                writeAttachment(attachment, json);
            }
            json.writeEndArray();
            writeHeaders(mail.envelope(), json);
            writeOptional("parseError", mail.parseError(), json);
            json.writeEndObject();
        }
    }

    private static void writeDelivery(Mail mail, String sha256, JsonGenerator json) throws IOException {
        DeliveryKey key = mail.key();
        json.writeNumberField("version", VERSION);
        json.writeStringField("key", key.text());
        json.writeStringField("account", key.account());
        json.writeStringField("folder", CleanText.wellFormed(key.folder()));
        json.writeNumberField("uidValidity", key.uidValidity());
        json.writeNumberField("uid", key.uid());
        writeStrings("flags", List.copyOf(new TreeSet<>(mail.flags())), json);
        json.writeStringField("internalDate", mail.internalDate().toString());
        json.writeNumberField("size", mail.raw().size());
        json.writeStringField("sha256", sha256);
    }

    private static void writeEnvelope(Envelope envelope, JsonGenerator json) throws IOException {
        writeOptional("messageId", envelope.messageId(), json);
        writeOptional("inReplyTo", envelope.inReplyTo(), json);
        writeStrings("references", envelope.references(), json);
        writeOptional("date", envelope.date().map(Object::toString), json);
        writeOptional("subject", envelope.subject(), json);
        writeAddresses("from", envelope.from(), json);
        writeAddresses("sender", envelope.sender(), json);
        writeAddresses("replyTo", envelope.replyTo(), json);
        writeAddresses("to", envelope.to(), json);
        writeAddresses("cc", envelope.cc(), json);
        writeAddresses("bcc", envelope.bcc(), json);
    }

    private static void writeAddresses(String name, List<Address> addresses, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (Address address : addresses) {
            json.writeStartObject();
            writeOptional("name", address.name(), json);
            json.writeStringField("address", address.address());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeAttachment(Attachment attachment, JsonGenerator json) throws IOException {
        String sha256 = Sha256.hex(attachment.content()); // before the size, which it shows as well
        json.writeStartObject();
        json.writeStringField("path", attachment.path());
        json.writeStringField("name", attachment.safeName());
        writeOptional("originalName", attachment.originalName(), json);
        json.writeStringField("type", attachment.type());
        json.writeNumberField("size", attachment.content().size());
        json.writeStringField("sha256", sha256);
        writeOptional("contentId", attachment.contentId(), json);
        json.writeBooleanField("inline", attachment.inline());
        json.writeEndObject();
    }

    private static void writeHeaders(Envelope envelope, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("headers");
        for (Envelope.Header header : envelope.headers()) {
            json.writeStartObject();
            json.writeStringField("name", header.name());
            json.writeStringField("value", header.value());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeStrings(String name, List<String> values, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(CleanText.wellFormed(value));
        }
        json.writeEndArray();
    }

    private static void writeOptional(String name, Optional<String> value, JsonGenerator json) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, CleanText.wellFormed(value.get()));
        }
    }
}
