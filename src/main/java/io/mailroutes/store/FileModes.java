package io.mailroutes.store;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Nobody but the owner: given at creation, so that there is no moment in between (facts/security.md rule K2). */
final class FileModes {
    static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private FileModes() {}

    static FileAttribute<?>[] file(Path path) {
        return attributes(path, FILE);
    }

    static FileAttribute<?>[] directory(Path path) {
        return attributes(path, DIRECTORY);
    }

    /** Elsewhere, as on Windows, a new file inherits the access list of its directory. */
    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> mode) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
                : new FileAttribute<?>[0];
    }
}
