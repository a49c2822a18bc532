package io.mailroutes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a sandbox puts its deliveries and its state. Empty at every start, for the servers are new then too. */
final class SandboxDirectory {
    private static final String MARKER = ".mailroutes-sandbox";
    private final Path directory;

    private SandboxDirectory(Path directory) {
        this.directory = directory;
    }

    /** A new temporary directory, or the one given; what an earlier sandbox left in that is deleted. */
    static SandboxDirectory prepare(Optional<Path> given) {
        try {
            Path directory = given.isPresent()
                    ? Files.createDirectories(given.get())
                    : Files.createTempDirectory("mailroutes-sandbox-");
            SandboxDirectory prepared = new SandboxDirectory(directory);
            prepared.clear();
            return prepared;
        } catch (IOException e) {
            throw new UsageException("the directory for the sandbox cannot be written: " + e.getMessage());
        }
    }

    Path out() {
        return directory.resolve("out");
    }

    Path data() {
        return directory.resolve("data");
    }

    /** A configuration to log in with; the ports in it are those of this run. */
    Path writeLogin(Map<String, String> properties) throws IOException {
        return Files.write(
                directory.resolve("login.properties"),
                properties.entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + entry.getValue())
                        .toList());
    }

    /** How many mails are below a directory: files named {@code *.json}, {@code *.eml}, or directories of parts. */
    static long mails(Path account) {
        if (!Files.isDirectory(account)) {
            return 0;
        }
        try (Stream<Path> folders = Files.list(account)) {
            return folders.mapToLong(SandboxDirectory::entries).sum();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + account, e);
        }
    }

    /** How many entries a directory has, hidden ones left out. */
    static long entries(Path directory) {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> !String.valueOf(entry.getFileName()).startsWith("."))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory, e);
        }
    }

    private void clear() throws IOException {
        Path marker = directory.resolve(MARKER);
        boolean ours = Files.exists(marker);
        if (!ours && entries(directory) > 0) {
            throw new UsageException("the directory " + directory + " is not empty and was not made by a sandbox:"
                    + " name another one with --dir");
        }
        delete(out());
        delete(data());
        delete(directory.resolve("login-data"));
        if (!ours) {
            Files.createFile(marker);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
