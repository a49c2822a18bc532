package io.mailroutes.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.mailroutes.store.TemporaryName.Kind;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Files and directories that appear whole or not at all: written aside, flushed to the disk, renamed into place, and
 * the directory flushed too. Nothing else in the house writes files that must survive.
 *
 * <p>What is written aside is called {@code .NAME.RANDOM.tmp} and removed when the writer fails; only a crash leaves
 * it, see {@link #removeLeftovers}. New files have mode 0600 and new directories 0700; a directory that is there already
 * keeps its mode. An interrupted thread finishes what it writes.
 */
public final class DurableFiles {
    private DurableFiles() {}

    /** Writes the content of one file. Closing the stream is allowed and has no effect. */
    @FunctionalInterface
    public interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes the files of one directory; the directory exists and is empty. */
    @FunctionalInterface
    public interface DirectoryWriter {
        void writeInto(Path directory) throws IOException;
    }

    /**
     * Replaces {@code file} by what the writer writes; parents are created. Mode 0600, directories 0700.
     *
     * @param fsync whether to wait for the disk
     */
    public static void writeFile(Path file, boolean fsync, Writer writer) throws IOException {
        Path target = file.toAbsolutePath();
        Path temporary = TemporaryName.beside(target, Kind.TMP);
        PrivateFile out = create(temporary, fsync, PrivateFile::create);
        try (out) {
            writer.writeTo(new Unclosed(out));
            out.flush();
            if (fsync) {
                out.sync();
            }
        } catch (Throwable failure) {
            deleteAfter(failure, temporary);
            throw failure;
        }
        moveInto(target, temporary);
        if (fsync) {
            DiskSync.directory(parent(target));
        }
    }

    /**
     * Replaces {@code file} by another name of a whole file that nobody writes to any more: as {@link #writeFile}, and
     * without copying a byte. The source may be deleted afterwards.
     *
     * @param source has mode 0600
     * @return false, and nothing has happened, when the file systems do not allow it
     */
    public static boolean linkFile(Path source, Path file, boolean fsync) throws IOException {
        Path target = file.toAbsolutePath();
        Path temporary = TemporaryName.beside(target, Kind.TMP);
        try {
            create(temporary, fsync, path -> Files.createLink(path, source));
        } catch (FileSystemException | UnsupportedOperationException refused) {
            return false; // another file system, or one without links; whatever else it is, copying meets it too
        }
        if (fsync) {
            syncOrDelete(temporary);
        }
        moveInto(target, temporary);
        // Renaming one name of a file to another of the same does nothing (POSIX), so that the first would stay.
        Files.deleteIfExists(temporary);
        if (fsync) {
            DiskSync.directory(parent(target));
        }
        return true;
    }

    private static void syncOrDelete(Path temporary) throws IOException {
        try {
            DiskSync.file(temporary);
        } catch (Throwable failure) {
            deleteAfter(failure, temporary);
            throw failure;
        }
    }

    @FunctionalInterface
    interface Creation<T> {
        T at(Path path) throws IOException;
    }

    /**
     * The parent is nearly always there: it is looked at only when the creation fails. When it was missing it is tried
     * again even if the parent is there now, for another thread may have made it in between.
     */
    static <T> T create(Path path, boolean fsync, Creation<T> creation) throws IOException {
        try {
            return creation.at(path);
        } catch (FileSystemException failure) {
            if (!(failure instanceof NoSuchFileException) && Files.isDirectory(parent(path))) {
                throw failure;
            }
            createDirectories(parent(path), fsync);
            return creation.at(path);
        }
    }

    private static void moveInto(Path target, Path temporary) throws IOException {
        try {
            Files.move(temporary, target, ATOMIC_MOVE);
        } catch (Throwable failure) {
            deleteAfter(failure, temporary);
            throw failure;
        }
    }

    /**
     * Replaces {@code directory} by one that holds what the writer writes; parents are created. A reader sees the old
     * content or the new, and for an instant perhaps none, but never half. Whatever modes the writer gave, its files
     * have 0600 and its directories 0700.
     *
     * @param fsync whether to wait for the disk
     */
    public static void writeDirectory(Path directory, boolean fsync, DirectoryWriter writer) throws IOException {
        Path target = directory.toAbsolutePath();
        Path temporary = TemporaryName.beside(target, Kind.TMP);
        create(temporary, fsync, path -> Files.createDirectory(path, FileModes.directory(path)));
        Optional<Path> replaced;
        try {
            writer.writeInto(temporary);
            DirectoryTree.seal(temporary, fsync);
            replaced = DirectorySwap.into(target, temporary);
        } catch (Throwable failure) {
            deleteAfter(failure, temporary);
            throw failure;
        }
        if (fsync) {
            DiskSync.directory(parent(target));
        }
        if (replaced.isPresent()) {
            DirectoryTree.delete(replaced.get());
        }
    }

    /**
     * Clears one directory (not those below it) of what a crashed process left: half-written files go, and what was
     * being replaced is put back unless its replacement is there.
     *
     * @param before only what was last written before this instant is touched, for other processes may be writing now
     */
    public static void removeLeftovers(Path directory, Instant before) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, ".*.{tmp,old}")) {
            for (Path entry : entries) {
                Optional<TemporaryName> name = TemporaryName.parse(entry);
                if (name.isPresent() && isOlder(entry, before)) {
                    removeLeftover(entry, name.get());
                }
            }
        }
    }

    /** Removes what crashed writers of this one file left beside it; the caller knows that none is writing. */
    static void removeLeftoversOf(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        String name = String.valueOf(target.getFileName());
        boolean removed = false;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent(target), ".*.tmp")) {
            for (Path entry : entries) {
                if (TemporaryName.parse(entry)
                        .filter(t -> t.target().equals(name))
                        .isPresent()) {
                    removed |= Files.deleteIfExists(entry);
                }
            }
        }
        if (removed) {
            DiskSync.directory(parent(target));
        }
    }

    private static boolean isOlder(Path entry, Instant before) throws IOException {
        try {
            return Files.getLastModifiedTime(entry, NOFOLLOW_LINKS).toInstant().isBefore(before);
        } catch (NoSuchFileException vanished) {
            return false; // Its own process finished it meanwhile.
        }
    }

    private static void removeLeftover(Path entry, TemporaryName name) throws IOException {
        Path target = entry.resolveSibling(name.target());
        if (name.kind() == Kind.OLD && !Files.exists(target, NOFOLLOW_LINKS)) {
            Files.move(entry, target, ATOMIC_MOVE);
        } else {
            DirectoryTree.delete(entry);
        }
    }

    /** Each new directory is flushed into its parent, from the top down. */
    static void createDirectories(Path directory, boolean fsync) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        createDirectories(parent(directory), fsync);
        try {
            Files.createDirectory(directory, FileModes.directory(directory));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
            // Another thread or process was faster, and may not have flushed it yet.
        }
        if (fsync) {
            DiskSync.directory(parent(directory));
        }
    }

    private static Path parent(Path absolute) {
        return Objects.requireNonNull(absolute.getParent(), "the root directory cannot be written");
    }

    private static void deleteAfter(Throwable failure, Path temporary) {
        try {
            DirectoryTree.delete(temporary);
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
    }

    /** Keeps the file open for the flush, whatever the writer closes. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
