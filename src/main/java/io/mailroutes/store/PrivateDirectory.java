package io.mailroutes.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * A directory that nobody but this user can read or write: it holds mail and sealed tokens. What is open to others is
 * refused and never repaired, for then somebody may have read it already (facts/security.md rule K2).
 */
final class PrivateDirectory {
    private final Path path;
    private final UserPrincipal self;

    private PrivateDirectory(Path path, UserPrincipal self) {
        this.path = path;
        this.self = self;
    }

    /** Creates the directory with mode 0700 when it is missing. */
    static PrivateDirectory open(Path directory) {
        try {
            DurableFiles.createDirectories(directory, true);
            requireClosed(directory, "700");
            UserPrincipal self = self(directory);
            requireOwned(directory, self);
            return new PrivateDirectory(directory, self);
        } catch (IOException e) {
            throw StoreException.of("prepare the directory " + directory, e);
        }
    }

    /** Creates an empty file with mode 0600, or checks the one that is there. */
    Path file(String name) {
        Path file = path.resolve(name);
        try {
            Files.createFile(file, FileModes.file(file));
            DiskSync.directory(path);
        } catch (FileAlreadyExistsException exists) {
            requirePrivate(file);
        } catch (IOException e) {
            throw StoreException.of("create " + file, e);
        }
        return file;
    }

    /** Checks a file that may be there. */
    void check(String name) {
        Path file = path.resolve(name);
        if (Files.exists(file, NOFOLLOW_LINKS)) {
            requirePrivate(file);
        }
    }

    private void requirePrivate(Path file) {
        if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
            throw new PermanentStoreException(
                    file + " is a link or no plain file. Put the file itself there, or remove it", null);
        }
        try {
            requireClosed(file, "600");
            requireOwned(file, self);
        } catch (IOException e) {
            throw StoreException.of("look at " + file, e);
        }
    }

    private static void requireClosed(Path path, String mode) throws IOException {
        if (!FileModes.isPosix(path)) {
            return; // Elsewhere the access list is inherited from the user's own directory.
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (!FileModes.DIRECTORY.containsAll(permissions)) {
            throw new PermanentStoreException(
                    path + " is open to other users (" + PosixFilePermissions.toString(permissions)
                            + ") and holds mail and tokens. Run: chmod " + mode + " " + path,
                    null);
        }
    }

    /** A link in the place of the directory must be ours too: who owns it could point it elsewhere. */
    private static void requireOwned(Path path, UserPrincipal self) throws IOException {
        UserPrincipal owner = Files.getOwner(path);
        UserPrincipal linkOwner = Files.getOwner(path, NOFOLLOW_LINKS);
        UserPrincipal stranger = owner.equals(self) ? linkOwner : owner;
        if (!stranger.equals(self)) {
            throw new PermanentStoreException(
                    path + " belongs to user " + stranger.getName() + ", but Mailroutes runs as " + self.getName()
                            + ". Run it as that user, or run: chown -hR " + self.getName() + " " + path,
                    null);
        }
    }

    /** Who we are is who owns what we create; it also shows that we can write here. */
    private static UserPrincipal self(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, ".owner", ".tmp");
        try {
            return Files.getOwner(probe);
        } finally {
            Files.deleteIfExists(probe);
        }
    }
}
