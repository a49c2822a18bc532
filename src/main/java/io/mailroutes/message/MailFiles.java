package io.mailroutes.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What stands in the files of a delivered mail. Where they are, and that they appear whole and survive, is the business
 * of who calls.
 */
public final class MailFiles {
    private MailFiles() {}

    /** The raw bytes, to the byte; the stream stays open. */
    public static void writeEml(Mail mail, OutputStream out) throws IOException {
        copy(mail.raw(), out);
    }

    /** The {@linkplain MailJson JSON form}; the stream stays open. */
    public static void writeJson(Mail mail, OutputStream out) throws IOException {
        MailJson.write(mail, out);
    }

    /**
     * {@code message.eml}, {@code mail.json} and {@code attachments/N-NAME} with N from 1 in the order of the mail, so
     * that no two are the same on any file system; without attachments there is no such directory.
     *
     * @param directory exists and is empty; a file that is there already is an error and stays as it is
     */
    public static void writeParts(Mail mail, Path directory) throws IOException {
        try (OutputStream out = create(directory.resolve("message.eml"))) {
            writeEml(mail, out);
        }
        try (OutputStream out = create(directory.resolve("mail.json"))) {
            writeJson(mail, out);
        }
        List<Attachment> attachments = mail.attachments();
        if (attachments.isEmpty()) {
            return;
        }
        Path folder = Files.createDirectory(directory.resolve("attachments"));
        for (int i = 0; i < attachments.size(); i++) {
            Attachment attachment = attachments.get(i);
            try (OutputStream out = create(folder.resolve(i + 1 + "-" + attachment.safeName()))) {
                copy(attachment.content(), out);
            }
        }
    }

    private static OutputStream create(Path file) throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static void copy(Content content, OutputStream out) throws IOException {
        try (InputStream in = content.open()) {
            in.transferTo(out);
        }
    }
}
