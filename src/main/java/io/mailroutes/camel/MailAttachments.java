package io.mailroutes.camel;

import io.mailroutes.message.Attachment;
import io.mailroutes.message.Mail;
import jakarta.activation.DataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.attachment.DefaultAttachment;

/**
 * The attachments of a mail as Camel attachments, named {@code N-NAME} as the file sink names them: with a safe name,
 * and unique, for Camel keeps them in a map and a sender may call two the same.
 */
final class MailAttachments {
    private MailAttachments() {}

    /** By name; what {@code MessageTrait.ATTACHMENTS} of a message holds. */
    static Map<String, Object> of(Mail mail) {
        Map<String, Object> byName = new LinkedHashMap<>();
        List<Attachment> attachments = mail.attachments();
        for (int i = 0; i < attachments.size(); i++) {
            Attachment attachment = attachments.get(i);
            String name = i + 1 + "-" + attachment.safeName();
            byName.put(name, new DefaultAttachment(new Source(name, attachment)));
        }
        return byName;
    }

    /** Whether it came with a mail, and was not made by a route. */
    static boolean isReceived(org.apache.camel.attachment.Attachment attachment) {
        return attachment.getDataHandler().getDataSource() instanceof Source;
    }

    private record Source(String name, Attachment attachment) implements DataSource {
        @Override
        public InputStream getInputStream() throws IOException {
            return attachment.content().open();
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            throw new IOException("an attachment of a received mail cannot be written to");
        }

        @Override
        public String getContentType() {
            return attachment.type();
        }

        @Override
        public String getName() {
            return name;
        }
    }
}
