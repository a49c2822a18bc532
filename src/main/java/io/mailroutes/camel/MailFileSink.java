package io.mailroutes.camel;

import io.mailroutes.message.FileContent;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailFiles;
import io.mailroutes.store.DurableFiles;
import io.mailroutes.store.TransientStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
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

    private static final String NAME = "mail-file-sink";

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
        if (directory.isBlank() || directory.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(NAME + ": directory=" + directory + " is no directory");
        }
        this.directory = Path.of(directory);
    }

    /** {@code parts} (the default), {@code eml} or {@code json}. */
    public void setFormat(String format) {
        try {
            this.format = Format.valueOf(format.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    NAME + ": format=" + format + " is not known: use parts, eml or json", e);
        }
    }

    /** Whether to wait for the disk before the mail counts as delivered; true unless set. */
    public void setFsync(boolean fsync) {
        this.fsync = fsync;
    }

    /** @throws TransientStoreException when it cannot be written, which is never the mail's doing: its names are ours */
    @Override
    public void process(Exchange exchange) {
        Mail mail = MailBodies.of(exchange, NAME);
        Path directory = directory();
        try {
            write(mail, directory);
        } catch (IOException e) {
            throw new TransientStoreException(
                    NAME + ": cannot write " + mail.key() + " below " + directory + ": " + e
                            + ". Is there room, and may we write there? The mail stays where it is and comes again",
                    e);
        }
    }

    private void write(Mail mail, Path directory) throws IOException {
        Path target = directory.resolve(mail.key().filePath(extension()));
        Path folder = parent(target);
        OwnPlace.require(directory, folder);
        if (cleaned.add(folder) && Files.isDirectory(folder)) {
            DurableFiles.removeLeftovers(folder, clock.instant().minus(LEFTOVER_AGE));
        }
        if (Files.isSymbolicLink(target)) {
            Files.delete(target); // the name is this mail's alone, whoever has put something there
        }
        switch (format) {
            case EML -> writeEml(mail, target);
            case JSON -> DurableFiles.writeFile(target, fsync, out -> MailFiles.writeJson(mail, out));
            case PARTS -> DurableFiles.writeDirectory(target, fsync, into -> MailFiles.writeParts(mail, into));
        }
    }

    /** A large mail is in a file already, which is deleted when the mail is through: it gets another name. */
    private void writeEml(Mail mail, Path file) throws IOException {
        if (!(mail.raw() instanceof FileContent whole) || !DurableFiles.linkFile(whole.file(), file, fsync)) {
            DurableFiles.writeFile(file, fsync, out -> MailFiles.writeEml(mail, out));
        }
    }

    private String extension() {
        return switch (format) {
            case EML -> ".eml";
            case JSON -> ".json";
            case PARTS -> "";
        };
    }

    private static Path parent(Path target) {
        return Objects.requireNonNull(target.getParent(), "a key has several segments");
    }

    private Path directory() {
        if (directory == null) {
            throw new IllegalArgumentException(NAME + ": directory is not set");
        }
        return directory;
    }
}
