package io.mailroutes.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a program has written.
 *
 * @param mails how many: files, or directories of files
 * @param bytes in all files
 * @param first when the first file was last written to
 * @param last when the last one was
 */
record Written(int mails, long bytes, Instant first, Instant last) {
    /** Smaller than any mail: what mbsync keeps for itself. */
    private static final Set<String> NOT_MAIL = Set.of(".uidvalidity", ".mbsyncstate", ".mbsyncstate.lock");

    /** @param splitsMails whether each mail is a directory rather than a file */
    static Written below(Path directory, boolean splitsMails) throws IOException {
        Set<Path> mails = new HashSet<>();
        long bytes = 0;
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        for (Path file : files(directory)) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Instant written = attributes.lastModifiedTime().toInstant();
            mails.add(splitsMails ? mailDirectory(directory, file) : file);
            bytes += attributes.size();
            first = written.isBefore(first) ? written : first;
            last = written.isAfter(last) ? written : last;
        }
        return new Written(mails.size(), bytes, first, last);
    }

    static void delete(Path directory) {
        try (Stream<Path> all = Files.exists(directory) ? Files.walk(directory) : Stream.of()) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !NOT_MAIL.contains(file.getFileName().toString()))
                    .toList();
        }
    }

    private static Path mailDirectory(Path directory, Path file) {
        Path parent = file.getParent();
        boolean nested = parent != null && parent.endsWith("attachments") && !parent.equals(directory);
        return nested ? parent.resolveSibling("") : file.resolveSibling("");
    }
}
