package io.mailroutes.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A directory with all that is below it; links are not followed. */
final class DirectoryTree {
    private DirectoryTree() {}

    /** Gives every file and directory its private mode and, when asked, waits until the disk has it. */
    static void seal(Path root, boolean fsync) throws IOException {
        boolean posix = FileModes.isPosix(root);
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return seal(file, FileModes.FILE, attributes.isRegularFile());
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                seal(directory, FileModes.DIRECTORY, false);
                if (fsync) {
                    DiskSync.directory(directory);
                }
                return super.postVisitDirectory(directory, failure);
            }

            private FileVisitResult seal(Path path, Set<PosixFilePermission> mode, boolean isFile) throws IOException {
                if (posix && !Files.isSymbolicLink(path)) {
                    Files.setPosixFilePermissions(path, mode);
                }
                if (fsync && isFile) {
                    DiskSync.file(path);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Does nothing when there is nothing. */
    static void delete(Path root) throws IOException {
        if (!Files.isDirectory(root, NOFOLLOW_LINKS)) {
            Files.deleteIfExists(root);
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return super.postVisitDirectory(directory, failure);
            }
        });
    }
}
