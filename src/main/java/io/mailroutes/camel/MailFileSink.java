package io.mailroutes.camel;

import io.mailroutes.message.Mail;
import io.mailroutes.message.MailFiles;
import io.mailroutes.store.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Writes each mail under a name made from its delivery key, so that a mail delivered twice is one file. A reader never
 * sees half a mail. What {@code kamelet:mail-file-sink} does.
 */
public final class MailFileSink implements Processor {
    /** What is written of a mail. */
    public enum Format {
        /** A directory with {@code message.eml}, {@code mail.json} and {@code attachments/N-NAME}. */
        PARTS,
        /** The raw mail. */
        EML,
        /** The JSON form. */
        JSON
    }

    private @Nullable Path directory;
    private Format format = Format.PARTS;
    private boolean fsync = true;

    /** Where the mails go; created when missing. */
    public void setDirectory(String directory) {
        this.directory = Path.of(directory);
    }

    /** {@code parts} (the default), {@code eml} or {@code json}. */
    public void setFormat(String format) {
        try {
            this.format = Format.valueOf(format.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "mail-file-sink: format=" + format + " is not known: use parts, eml or json", e);
        }
    }

    /** Whether to wait for the disk before the mail counts as delivered; true unless set. */
    public void setFsync(boolean fsync) {
        this.fsync = fsync;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Mail mail = MailBodies.of(exchange, "mail-file-sink");
        switch (format) {
            case EML -> DurableFiles.writeFile(place(mail, ".eml"), fsync, out -> MailFiles.writeEml(mail, out));
            case JSON -> DurableFiles.writeFile(place(mail, ".json"), fsync, out -> MailFiles.writeJson(mail, out));
            case PARTS -> DurableFiles.writeDirectory(place(mail, ""), fsync, into -> MailFiles.writeParts(mail, into));
        }
    }

    private Path place(Mail mail, String extension) {
        if (directory == null) {
            throw new IllegalArgumentException("mail-file-sink: directory is not set");
        }
        return directory.resolve(mail.key().filePath(extension));
    }
}
