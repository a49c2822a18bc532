package io.mailroutes.message;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What stands in the files of a delivered mail. Where they are, and that they appear whole and survive, is the business
 * of who calls.
 */
public final class MailFiles {
    private MailFiles() {}

    /** The raw bytes, to the byte; the stream stays open. */
    public static void writeEml(Mail mail, OutputStream out) throws IOException {
        if (mail.raw() instanceof MemoryContent memory) {
            out.write(memory.bytes());
            return;
        }
        try (InputStream in = mail.raw().open()) {
            in.transferTo(out);
        }
    }

    /** The {@linkplain MailJson JSON form}; the stream stays open. */
    public static void writeJson(Mail mail, OutputStream out) throws IOException {
        MailJson.write(mail, out);
    }

    /**
     * {@code message.eml}, {@code mail.json} and {@code attachments/N-NAME} with N from 1 in the order of the mail, so
     * that no two are the same on any file system; without attachments there is no such directory.
     *
     * Files have mode 0600 and the directory of the attachments 0700.
     *
     * @param directory exists and is empty; a file that is there already is an error and stays as it is
     */
    public static void writeParts(Mail mail, Path directory) throws IOException {
        String sha256;
        try (OutputStream out = create(directory.resolve("message.eml"))) {
            sha256 = Sha256.copy(mail.raw(), out);
        }
        if (!mail.attachments().isEmpty()) {
            Path folder = directory.resolve("attachments");
            Files.createDirectory(folder, PrivateMode.directory(folder));
            writeAttachments(mail, folder);
        }
        // Last: by now the size and the digest of each attachment are known from writing it.
        try (OutputStream out = create(directory.resolve("mail.json"))) {
            MailJson.write(mail, sha256, AttachmentBytes.LEFT_OUT, out);
        }
    }

    /**
     * The attachments as {@linkplain #attachmentName N-NAME}, mode 0600.
     *
     * @param folder exists; a file that is there already is an error and stays as it is
     */
    public static void writeAttachments(Mail mail, Path folder) throws IOException {
        List<Attachment> attachments = mail.attachments();
        for (int i = 0; i < attachments.size(); i++) {
            Attachment attachment = attachments.get(i);
            Path file = folder.resolve(attachmentName(i + 1, attachment));
            if (!isWritten(attachment.content(), file)) {
                Files.delete(file);
                isWritten(attachment.content(), file);
            }
        }
    }

    /**
     * The name of its file.
     *
     * @param number from 1, in the order of the mail
     */
    public static String attachmentName(int number, Attachment attachment) {
        return number + "-" + attachment.safeName();
    }

    /** False when the bytes turn out not to be what their encoding says, so that they must be written again as they are. */
    private static boolean isWritten(Content content, Path file) throws IOException {
        try (OutputStream out = create(file)) {
            if (content instanceof PartContent part) {
                return part.copyTo(out);
            }
            Sha256.copy(content, out);
            return true;
        }
    }

    private static OutputStream create(Path file) throws IOException {
        return Channels.newOutputStream(Files.newByteChannel(file, Set.of(CREATE_NEW, WRITE), PrivateMode.file(file)));
    }
}
