package io.mailroutes.message;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A large mail, in a temporary file that {@link #discard} deletes. */
public record FileContent(Path file, long size) implements Content {
    @Override
    public InputStream open() throws IOException {
        return new FileInputStream(file.toFile()); // not a channel, which an interrupt would close
    }

    @Override
    public void discard() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the temporary file " + file, e);
        }
    }
}
