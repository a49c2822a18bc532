package io.mailroutes.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A directory with all that is below it; links are not followed. */
final class DirectoryTree {
    private DirectoryTree() {}

    /**
     * Gives every file and directory its private mode and, when asked, waits until the disk has it. What has its mode
     * already, as what we write ourselves, costs one look.
     */
    static void seal(Path root, boolean fsync) throws IOException {
        Class<? extends BasicFileAttributes> attributes =
                FileModes.isPosix(root) ? PosixFileAttributes.class : BasicFileAttributes.class;
        seal(root, attributes, fsync);
    }

    private static void seal(Path path, Class<? extends BasicFileAttributes> view, boolean fsync) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, view, NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            return;
        }
        if (attributes.isDirectory()) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    seal(entry, view, fsync);
                }
            }
        }
        Set<PosixFilePermission> mode = attributes.isDirectory() ? FileModes.DIRECTORY : FileModes.FILE;
        if (attributes instanceof PosixFileAttributes posix
                && !posix.permissions().equals(mode)) {
            Files.setPosixFilePermissions(path, mode);
        }
        if (fsync && attributes.isDirectory()) {
            DiskSync.directory(path);
        } else if (fsync && attributes.isRegularFile()) {
            DiskSync.file(path);
        }
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
