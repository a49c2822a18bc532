package io.mailroutes.camel.webhook;

import io.mailroutes.camel.SinkException;
import io.mailroutes.camel.SinkFailure;
import io.mailroutes.camel.SpooledContent;
import io.mailroutes.message.Content;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailFiles;
import io.mailroutes.message.MailJson;
import io.mailroutes.store.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Makes what is sent of a mail. It is written once, to a temporary file when it is large, and then read for each
 * signature and each try: what is signed is what is sent, whatever it costs to make, and no more of it than a chunk is
 * in memory.
 */
final class Bodies {
    private static final String JSON = "application/json";

    private final Format format;
    private final long maximum;
    private final Optional<Path> attachments;
    private final Path temporary;
    private final RandomGenerator random;

    /** What is sent of a mail. */
    enum Format {
        /** The JSON form. */
        JSON,
        /** The bytes as the server has them, {@code message/rfc822}. */
        RAW,
        /** The JSON form and the attachments, {@code multipart/form-data}. */
        MULTIPART
    }

    /**
     * @param maximum the most bytes of a body; 0 means no limit
     * @param attachments where mails are kept whose attachments are not sent
     * @param temporary for large bodies
     */
    Bodies(Format format, long maximum, Optional<Path> attachments, Path temporary, RandomGenerator random) {
        this.format = format;
        this.maximum = maximum;
        this.attachments = attachments;
        this.temporary = temporary;
        this.random = random;
    }

    /** @throws SinkException when even the JSON form is larger than may be */
    Body of(Mail mail) throws IOException, SinkException {
        return switch (format) {
            case JSON -> json(mail);
            case RAW -> mail.raw().size() > most() ? json(mail) : new Body("message/rfc822", mail.raw(), false);
            case MULTIPART -> multipart(mail);
        };
    }

    private long most() {
        return maximum == 0 ? Long.MAX_VALUE : maximum;
    }

    private Body multipart(Mail mail) throws IOException, SinkException {
        Form form = new Form(random);
        try {
            Content content = SpooledContent.<IOException>of(
                    temporary, out -> form.writeTo(mail, new LimitedStream(out, most())));
            return new Body(form.contentType(), content, true);
        } catch (LimitedStream.FullException tooLarge) {
            return json(mail);
        }
    }

    /** The JSON form alone, which names each attachment; the bytes are kept first, for who reads it looks for them. */
    private Body json(Mail mail) throws IOException, SinkException {
        if (attachments.isPresent()
                && (format != Format.JSON || !mail.attachments().isEmpty())) {
            Path place = attachments.get().resolve(mail.key().filePath(""));
            DurableFiles.writeDirectory(place, true, into -> MailFiles.writeParts(mail, into));
        }
        try {
            Content content = SpooledContent.<IOException>of(
                    temporary, out -> MailJson.write(mail, new LimitedStream(out, most())));
            return new Body(JSON, content, true);
        } catch (LimitedStream.FullException tooLarge) {
            String words = "mail-webhook-sink: the JSON form of " + mail.key() + " has more than maxBodySize, "
                    + maximum + " bytes, without any attachment";
            throw new SinkException(SinkFailure.Kind.MAIL, words, Duration.ZERO, null);
        }
    }
}
