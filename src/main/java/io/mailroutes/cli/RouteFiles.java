package io.mailroutes.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The route files of a run. */
final class RouteFiles {
    private static final Path DIRECTORY = Path.of("routes");
    private static final String PATTERN = "*.camel.yaml";

    private RouteFiles() {}

    /**
     * Those named, or {@code routes/*.camel.yaml} without its subfolders; all exist.
     *
     * @param home where {@code routes/} is
     */
    static List<Path> of(List<Path> named, Path home) {
        if (named.isEmpty()) {
            return in(home.resolve(DIRECTORY));
        }
        for (Path file : named) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new UsageException("the route file " + file + " does not exist or cannot be read"
                        + (looksLikeCommand(file) ? ", and there is no such command: see mailroutes --help" : ""));
            }
        }
        return named;
    }

    private static boolean looksLikeCommand(Path file) {
        return file.toString().matches("[a-z]+");
    }

    private static List<Path> in(Path directory) {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, PATTERN)) {
                found.forEach(files::add);
            } catch (IOException e) {
                throw new UsageException("the directory " + directory + " cannot be read: " + e.getMessage());
            }
        }
        if (files.isEmpty()) {
            throw new UsageException("there is no route to run: put a route into " + directory + "/" + PATTERN
                    + ", or name its file: mailroutes run ROUTE.yaml");
        }
        files.sort(null);
        return files;
    }
}
