package io.mailroutes.imap;

import io.mailroutes.message.Content;
import io.mailroutes.message.FileContent;
import io.mailroutes.message.MemoryContent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the mail of the response being read goes: to memory when small, else to a temporary file as it arrives. */
final class MailSpool {
    private static final Pattern UID = Pattern.compile("[( ]UID ([0-9]{1,10})(?= )", Pattern.CASE_INSENSITIVE);

    private final ImapSettings settings;
    private @Nullable Content content;

    MailSpool(ImapSettings settings) {
        this.settings = settings;
    }

    /** Reads a mail of this size; what the response said before it may hold the UID, for the message of an error. */
    void take(long size, String before, ResponseReader from) throws IOException {
        if (content != null) {
            throw new LimitExceededException("two mails in one response");
        }
        if (size > settings.maximumSize()) {
            Matcher uid = UID.matcher(before);
            throw new MailTooLargeException(
                    uid.find() ? Long.parseLong(uid.group(1)) : 0, size, settings.maximumSize());
        }
        content = size > settings.memoryLimit() ? toFile(size, from) : toMemory((int) size, from);
    }

    /** The mail that was read, which is the caller's from now on. */
    Optional<Content> claim() {
        Optional<Content> taken = Optional.ofNullable(content);
        content = null;
        return taken;
    }

    /** Frees a mail that nobody claimed. */
    void discard() {
        claim().ifPresent(Content::discard);
    }

    private static Content toMemory(int size, ResponseReader from) throws IOException {
        byte[] bytes = new byte[size];
        from.read(bytes);
        return new MemoryContent(bytes);
    }

    private Content toFile(long size, ResponseReader from) throws IOException {
        Path file = newFile();
        boolean complete = false;
        try (OutputStream out = new Disk(Files.newOutputStream(file))) {
            from.copy(size, out);
            complete = true;
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
        return new FileContent(file, size);
    }

    private Path newFile() throws SpoolFailedException {
        try {
            // Without attributes the JDK creates temporary files readable by their owner alone where POSIX rights
            // exist.
            return Files.createTempFile(settings.temporaryDirectory(), "mail-", ".eml");
        } catch (IOException e) {
            throw new SpoolFailedException(e);
        }
    }

    /** Tells a full disk from a lost connection. */
    private static final class Disk extends OutputStream {
        private final OutputStream file;

        Disk(OutputStream file) {
            this.file = new BufferedOutputStream(file, 64 * 1024);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                file.write(bytes, offset, length);
            } catch (IOException e) {
                throw new SpoolFailedException(e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                file.close();
            } catch (IOException e) {
                throw new SpoolFailedException(e);
            }
        }
    }
}
