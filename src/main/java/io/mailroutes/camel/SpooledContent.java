package io.mailroutes.camel;

import io.mailroutes.message.Content;
import io.mailroutes.message.FileContent;
import io.mailroutes.message.MemoryContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Takes a mail of any size: in memory up to 1 MiB, beyond that in a temporary file. */
public final class SpooledContent {
    private static final int IN_MEMORY = 1 << 20;

    private SpooledContent() {}

    /**
     * Writes the mail, or what a sink makes of it.
     *
     * @param <X> what else than an {@link IOException} it throws
     */
    @FunctionalInterface
    public interface Writer<X extends Exception> {
        /** Leaves the stream open. */
        void writeTo(OutputStream out) throws IOException, X;
    }

    /** What was written; {@link Content#discard} deletes the file. A writer that throws leaves nothing behind. */
    public static <X extends Exception> Content of(Path temporaryDirectory, Writer<X> writer) throws IOException, X {
        Spool spool = new Spool(temporaryDirectory);
        boolean whole = false;
        try (spool) {
            writer.writeTo(spool);
            whole = true;
        } finally {
            if (!whole) {
                spool.discard();
            }
        }
        return spool.content();
    }

    private static final class Spool extends OutputStream {
        private final Path directory;
        private ByteArrayOutputStream memory = new ByteArrayOutputStream();
        private @Nullable Path file;
        private @Nullable OutputStream out;
        private long size;

        Spool(Path directory) {
            this.directory = directory;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (out == null && size + length > IN_MEMORY) {
                file = Files.createTempFile(directory, "mail", ".eml");
                OutputStream created = Files.newOutputStream(file);
                out = created;
                memory.writeTo(created);
                memory = new ByteArrayOutputStream(0);
            }
            if (out != null) {
                out.write(bytes, offset, length);
            } else {
                memory.write(bytes, offset, length);
            }
            size += length;
        }

        @Override
        public void close() throws IOException {
            if (out != null) {
                out.close();
            }
        }

        void discard() throws IOException {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        }

        Content content() {
            return file != null ? new FileContent(file, size) : new MemoryContent(memory.toByteArray());
        }
    }
}
