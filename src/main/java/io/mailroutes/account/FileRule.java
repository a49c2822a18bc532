package io.mailroutes.account;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Files that the configuration names. */
final class FileRule {
    /** Far more than the authorities of any JVM; keeps a wrong path from filling the memory. */
    private static final long LARGEST_FILE = 4L << 20;

    private final Path baseDirectory;

    FileRule(Path baseDirectory) {
        this.baseDirectory = baseDirectory;
    }

    /** The path, whether there is something or not. */
    Optional<Path> path(String text, Consumer<String> report) {
        try {
            return Optional.of(baseDirectory.resolve(text));
        } catch (InvalidPathException notAPath) {
            report.accept(Problems.quote(text) + " is not a path");
            return Optional.empty();
        }
    }

    /** The path of a file that can be read. */
    Optional<Path> readable(String text, Consumer<String> report) {
        return path(text, report).filter(path -> {
            Optional<String> objection = objection(path);
            objection.ifPresent(words -> report.accept(Problems.quote(text) + " " + words));
            return objection.isEmpty();
        });
    }

    /** What the file says; empty when it cannot be read, which has been reported. */
    Optional<String> content(Path file, Consumer<String> report) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                report.accept("is larger than 4 MiB, which no such file is");
                return Optional.empty();
            }
            // Byte for byte: what is looked for is ASCII, and nothing else may stop the reading.
            return Optional.of(Files.readString(file, ISO_8859_1));
        } catch (IOException e) {
            report.accept("cannot be read: " + e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private static Optional<String> objection(Path path) {
        if (!Files.exists(path)) {
            return Optional.of(
                    "does not exist (looked for " + path.toAbsolutePath().normalize() + ")");
        }
        if (!Files.isRegularFile(path)) {
            return Optional.of("is not a file");
        }
        return Files.isReadable(path) ? Optional.empty() : Optional.of("must not be read by this user");
    }
}
