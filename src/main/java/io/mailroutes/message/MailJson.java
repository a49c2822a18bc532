package io.mailroutes.message;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeSet;

/**
 * The JSON form of a mail: one UTF-8 object, described by {@code docs/mail.schema.json}. What a mail does not have is left
 * out; lists are always there, if empty. Times are ISO 8601 in UTC. Attachments are named by size and digest; what is
 * written of their bytes is for the caller to say.
 */
public final class MailJson {
    /** Written as {@code version}; adding a field does not change it. */
    public static final int VERSION = 1;

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;
    private final JsonFields fields;

    private MailJson(JsonGenerator json) {
        this.json = json;
        this.fields = new JsonFields(json);
    }

    /**
     * Without the bytes of attachments.
     *
     * <p>Fails with {@link UncheckedIOException} only when the raw bytes cannot be read.
     */
    public static byte[] of(Mail mail) {
        return of(mail, AttachmentBytes.LEFT_OUT);
    }

    /** The same, with what is asked for of the bytes of attachments. */
    public static byte[] of(Mail mail, AttachmentBytes bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(mail, Sha256.hex(mail.raw()), bytes, out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the raw mail " + mail.key(), e);
        }
        return out.toByteArray();
    }

    /** Writes it without the bytes of attachments and leaves the stream open. */
    public static void write(Mail mail, OutputStream out) throws IOException {
        write(mail, Sha256.hex(mail.raw()), AttachmentBytes.LEFT_OUT, out);
    }

    /** Writes it and leaves the stream open; the bytes of attachments are streamed. */
    public static void write(Mail mail, AttachmentBytes bytes, OutputStream out) throws IOException {
        write(mail, Sha256.hex(mail.raw()), bytes, out);
    }

    /** @param sha256 the digest of the raw mail, for who has it already */
    static void write(Mail mail, String sha256, AttachmentBytes bytes, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            new MailJson(json).write(mail, sha256, bytes);
        }
    }

    private void write(Mail mail, String sha256, AttachmentBytes bytes) throws IOException {
        json.writeStartObject();
        writeDelivery(mail, sha256);
        if (mail.gmail().isPresent()) {
            writeGmail(mail.gmail().get());
        }
        writeEnvelope(mail.envelope());
        fields.text("text", mail.text());
        if (mail.text().isPresent()) {
            json.writeStringField("textFrom", mail.isTextFromHtml() ? "html" : "plain");
        }
        fields.text("html", mail.html());
        json.writeArrayFieldStart("attachments");
        int number = 0;
        for (Attachment attachment : mail.attachments()) {
            number++;
            writeAttachment(attachment, bytes.of(number, attachment));
        }
        json.writeEndArray();
        FactsJson.write(mail, fields);
        writeHeaders(mail.envelope());
        fields.text("parseError", mail.parseError());
        json.writeEndObject();
    }

    private void writeDelivery(Mail mail, String sha256) throws IOException {
        DeliveryKey key = mail.key();
        json.writeNumberField("version", VERSION);
        json.writeStringField("key", key.text());
        json.writeStringField("account", key.account());
        json.writeStringField("folder", CleanText.wellFormed(key.folder()));
        json.writeNumberField("uidValidity", key.uidValidity());
        json.writeNumberField("uid", key.uid());
        fields.texts("flags", List.copyOf(new TreeSet<>(mail.flags())));
        json.writeStringField("internalDate", mail.internalDate().toString());
        json.writeNumberField("size", mail.raw().size());
        json.writeStringField("sha256", sha256);
    }

    private void writeGmail(GmailIds gmail) throws IOException {
        json.writeObjectFieldStart("gmail");
        json.writeStringField("messageId", gmail.messageIdText());
        fields.text("threadId", gmail.threadIdText());
        fields.texts("labels", gmail.labels());
        json.writeEndObject();
    }

    private void writeEnvelope(Envelope envelope) throws IOException {
        fields.text("messageId", envelope.messageId());
        fields.text("inReplyTo", envelope.inReplyTo());
        fields.texts("references", envelope.references());
        fields.text("date", envelope.date().map(Object::toString));
        fields.text("subject", envelope.subject());
        writeAddresses("from", envelope.from());
        writeAddresses("sender", envelope.sender());
        writeAddresses("replyTo", envelope.replyTo());
        writeAddresses("to", envelope.to());
        writeAddresses("cc", envelope.cc());
        writeAddresses("bcc", envelope.bcc());
    }

    private void writeAddresses(String name, List<Address> addresses) throws IOException {
        json.writeArrayFieldStart(name);
        for (Address address : addresses) {
            json.writeStartObject();
            fields.text("name", address.name());
            json.writeStringField("address", CleanText.wellFormed(address.address()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeAttachment(Attachment attachment, AttachmentBytes.Answer bytes) throws IOException {
        String sha256 = Sha256.hex(attachment.content()); // before the size, which it shows as well
        json.writeStartObject();
        json.writeStringField("path", attachment.path());
        json.writeStringField("name", attachment.safeName());
        fields.text("originalName", attachment.originalName());
        json.writeStringField("type", attachment.type());
        json.writeNumberField("size", attachment.content().size());
        json.writeStringField("sha256", sha256);
        fields.text("contentId", attachment.contentId());
        json.writeBooleanField("inline", attachment.inline());
        if (bytes instanceof AttachmentBytes.Reference reference) {
            json.writeStringField("file", CleanText.wellFormed(reference.file()));
        } else if (bytes instanceof AttachmentBytes.Omitted omitted) {
            json.writeStringField("omitted", omitted.why());
        } else if (bytes instanceof AttachmentBytes.Whole) {
            writeBase64(attachment);
        }
        json.writeEndObject();
    }

    private void writeBase64(Attachment attachment) throws IOException {
        json.writeFieldName("base64");
        try (InputStream in = attachment.content().open()) {
            json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, in, -1);
        }
    }

    private void writeHeaders(Envelope envelope) throws IOException {
        json.writeArrayFieldStart("headers");
        for (Envelope.Header header : envelope.headers()) {
            json.writeStartObject();
            json.writeStringField("name", CleanText.wellFormed(header.name()));
            json.writeStringField("value", CleanText.wellFormed(header.value()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
