package io.mailroutes.camel.action;

import io.mailroutes.message.Attachment;
import io.mailroutes.message.Mail;
import java.util.Map;

/**
 * The fixed set of headers that an attachment has besides those of its mail. Their names are ours. What the sender called
 * it is not among them, for it would be taken for a file name one day: it is in the mail, {@link
 * io.mailroutes.camel.MailBodies#find}.
 */
public final class AttachmentHeaders {
    /** {@code MailKey#N}, a String: the same at every delivery of this attachment, so an idempotency key. */
    public static final String KEY = "MailAttachmentKey";
    /** N, its place among all attachments of the mail, from 1, an Integer. */
    public static final String INDEX = "MailAttachmentIndex";
    /** How many attachments the mail has, those that are not handed on among them, an Integer. */
    public static final String COUNT = "MailAttachmentCount";
    /** A file name that is safe everywhere, a String; two attachments may have the same. */
    public static final String NAME = "MailAttachmentName";
    /** {@code ACCOUNT/FOLDER/UIDVALIDITY-UID/N-NAME}, a String: a relative path that is safe, and this attachment's alone. */
    public static final String FILE = "MailAttachmentFile";
    /** The media type as the sender says, lower case, without parameters, a String. */
    public static final String TYPE = "MailAttachmentType";
    /** The decoded size in bytes, a Long. */
    public static final String SIZE = "MailAttachmentSize";
    /** The part's place in the mail as IMAP numbers it, {@code 1.2}, a String. */
    public static final String PATH = "MailAttachmentPath";
    /** Whether it is shown inside the text, as a logo is, a Boolean. */
    public static final String INLINE = "MailAttachmentInline";

    private AttachmentHeaders() {}

    /** @param index from 1 */
    static void put(Mail mail, Attachment attachment, int index, Map<String, Object> headers) {
        headers.put(KEY, mail.key().text() + "#" + index);
        headers.put(INDEX, index);
        headers.put(COUNT, mail.attachments().size());
        headers.put(NAME, attachment.safeName());
        headers.put(FILE, mail.key().filePath("") + "/" + index + "-" + attachment.safeName());
        headers.put(TYPE, attachment.type());
        headers.put(SIZE, attachment.content().size());
        headers.put(PATH, attachment.path());
        headers.put(INLINE, attachment.inline());
    }
}
