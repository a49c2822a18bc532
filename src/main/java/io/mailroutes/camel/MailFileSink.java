package io.mailroutes.camel;

import io.mailroutes.message.FileContent;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailFiles;
import io.mailroutes.store.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Nobody writes one mail for so long: what is older was left by a crash. */
    private static final Duration LEFTOVER_AGE = Duration.ofHours(1);

    private @Nullable Path directory;
    private Format format = Format.PARTS;
    private boolean fsync = true;
    private final Clock clock = Clock.systemUTC();

    /** The directories in which what a crash left behind has been removed. */
    private final Set<Path> cleaned = ConcurrentHashMap.newKeySet();

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
        Path folder = place(mail, "").getParent();
        if (folder != null && cleaned.add(folder) && Files.isDirectory(folder)) {
            DurableFiles.removeLeftovers(folder, clock.instant().minus(LEFTOVER_AGE));
        }
        switch (format) {
            case EML -> writeEml(mail, place(mail, ".eml"));
            case JSON -> DurableFiles.writeFile(place(mail, ".json"), fsync, out -> MailFiles.writeJson(mail, out));
            case PARTS -> DurableFiles.writeDirectory(place(mail, ""), fsync, into -> MailFiles.writeParts(mail, into));
        }
    }

    /** A large mail is in a file already, which is deleted when the mail is through: it gets another name. */
    private void writeEml(Mail mail, Path file) throws IOException {
        if (!(mail.raw() instanceof FileContent whole) || !DurableFiles.linkFile(whole.file(), file, fsync)) {
            DurableFiles.writeFile(file, fsync, out -> MailFiles.writeEml(mail, out));
        }
    }

    private Path place(Mail mail, String extension) {
        if (directory == null) {
            throw new IllegalArgumentException("mail-file-sink: directory is not set");
        }
        return directory.resolve(mail.key().filePath(extension));
    }
}
