package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.message.Attachment;
import io.mailroutes.message.AttachmentBytes;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailFiles;
import io.mailroutes.message.MailJson;
import io.mailroutes.store.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/** Replaces the mail by its JSON form, a String. What {@code kamelet:mail-json-action} does. */
public final class MailJsonAction extends ServiceSupport implements Processor {
    /** What the JSON has of the bytes of attachments. */
    public enum Attachments {
        /** Nothing but their size and digest. */
        NONE,
        /** The bytes in base64, as long as they are within the limit. */
        BASE64,
        /** The path of a file that holds them. */
        FILES
    }

    private static final String NAME = "mail-json-action";

    /** The JSON is held in memory, a third larger than what is in it. */
    private static final long LARGEST_LIMIT = 64L << 20;

    private Attachments attachments = Attachments.NONE;
    private @Nullable Path attachmentsDirectory;
    private long attachmentsLimit = 10L << 20;

    /** {@code none} (the default), {@code base64} or {@code files}. */
    public void setAttachments(String attachments) {
        try {
            this.attachments = Attachments.valueOf(attachments.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    NAME + ": attachments=" + attachments + " is not known: use none, base64 or files", e);
        }
    }

    /**
     * Where the files of attachments go, created when missing; for {@code files}, and for what is beyond the limit of
     * {@code base64}. Blank for nowhere.
     */
    public void setAttachmentsDirectory(String directory) {
        this.attachmentsDirectory = directory.isBlank() ? null : Path.of(directory);
    }

    /**
     * The most bytes, decoded, of all attachments that one JSON holds in base64: 10 MiB unless set, 64 MiB at most. An
     * attachment that would be beyond it becomes a file, or without a directory is left out; the JSON says so.
     */
    public void setAttachmentsLimit(long bytes) {
        if (bytes < 0 || bytes > LARGEST_LIMIT) {
            throw new IllegalArgumentException(NAME + ": attachmentsLimit=" + bytes + " is not from 0 to "
                    + LARGEST_LIMIT + " bytes, for the JSON is held in memory: use attachments=files for more");
        }
        this.attachmentsLimit = bytes;
    }

    @Override
    protected void doInit() {
        if (attachments == Attachments.FILES && attachmentsDirectory == null) {
            throw new IllegalArgumentException(
                    NAME + ": attachments=files needs attachmentsDirectory, where the files go");
        }
        if (attachments == Attachments.NONE && attachmentsDirectory != null) {
            throw new IllegalArgumentException(
                    NAME + ": attachmentsDirectory is set, and attachments=none writes no file: use files or base64");
        }
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        doInit();
        Mail mail = MailBodies.of(exchange, NAME);
        Message message = exchange.getMessage();
        message.setBody(new String(MailJson.of(mail, bytes(mail)), UTF_8));
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    }

    private AttachmentBytes bytes(Mail mail) throws IOException {
        Path directory = attachmentsDirectory;
        AttachmentBytes otherwise = directory == null
                ? (number, attachment) -> new AttachmentBytes.Omitted(
                        "the attachments of one JSON are limited to " + attachmentsLimit + " bytes (attachmentsLimit)")
                : reference(directory.resolve(mail.key().filePath("")));
        return switch (attachments) {
            case NONE -> AttachmentBytes.LEFT_OUT;
            case BASE64 -> write(mail, new Within(attachmentsLimit, otherwise));
            case FILES -> write(mail, otherwise);
        };
    }

    /** One directory for the mail, there whole or not at all; a second delivery replaces it by the same. */
    private AttachmentBytes write(Mail mail, AttachmentBytes bytes) throws IOException {
        Path directory = attachmentsDirectory;
        boolean wanted = bytes instanceof Within within
                ? within.isTooSmallFor(mail)
                : !mail.attachments().isEmpty();
        if (directory != null && wanted) {
            Path place = directory.resolve(mail.key().filePath(""));
            DurableFiles.writeDirectory(place, true, into -> MailFiles.writeAttachments(mail, into));
        }
        return bytes;
    }

    private static AttachmentBytes reference(Path place) {
        return (number, attachment) -> new AttachmentBytes.Reference(
                place.resolve(MailFiles.attachmentName(number, attachment)).toString());
    }

    /** Whole as long as there is room. */
    private static final class Within implements AttachmentBytes {
        private final long limit;
        private final AttachmentBytes otherwise;
        private long used;

        Within(long limit, AttachmentBytes otherwise) {
            this.limit = limit;
            this.otherwise = otherwise;
        }

        boolean isTooSmallFor(Mail mail) {
            return mail.attachments().stream()
                            .mapToLong(attachment -> attachment.content().size())
                            .sum()
                    > limit;
        }

        @Override
        public Answer of(int number, Attachment attachment) throws IOException {
            long size = attachment.content().size();
            if (size > limit - used) {
                return otherwise.of(number, attachment);
            }
            used += size;
            return Whole.INSTANCE;
        }
    }
}
