package io.mailroutes.camel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.spi.PropertiesFunction;

/** {@code {{file:PATH}}}: the content of a file, trimmed. A file that cannot be read is an error, never a default. */
final class FileFunction implements PropertiesFunction {
    static final String NAME = "file";
    private static final long LARGEST = 64 * 1024;

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public String apply(String path) {
        Path file = Path.of(path);
        try {
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException(
                        "the file " + path + " is larger than 64 KiB, too large for a value");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    // Without its cause, because people are shown the innermost message, and that is the bare path.
                    "the file " + path + " cannot be read (" + e.getClass().getSimpleName() + "): does it exist, and"
                            + " may this user read it?");
        }
    }
}
