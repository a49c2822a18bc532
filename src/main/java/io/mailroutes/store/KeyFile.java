package io.mailroutes.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mailroutes.store.TemporaryName.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys in a file, one a line in base64: one, but while a rotation is under way the new one and below it the old one.
 * Who can read a file that is closed to group and others is its owner or root: no other check is needed.
 */
final class KeyFile {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);
    private static final int LONGEST_FILE = 1024;

    private final Path file;

    /** @param file of this store alone: a rotation would take the key away from another one */
    KeyFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /**
     * Reads the keys; makes one at random, with mode 0600, when there is no such file.
     *
     * @throws PermanentStoreException when other users can read the file, or it holds no key
     */
    List<StoreKey> readOrCreate() {
        try {
            return readFile();
        } catch (NoSuchFileException missing) {
            create();
            return read();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** @throws PermanentStoreException as above, and when there is no such file */
    List<StoreKey> read() {
        try {
            return readFile();
        } catch (NoSuchFileException missing) {
            throw new PermanentStoreException(
                    "the key file " + file + " is not there (any more). Put it back: without it the stored tokens"
                            + " cannot be opened",
                    missing);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Replaces the keys; when this returns, the disk has them and nothing else is left of the file before. The caller
     * has a transaction open on the store, so that nobody else replaces them.
     *
     * @throws IOException when it could not be written; the old content is in place, unless only the last wait for the
     *     disk failed
     */
    void replace(List<StoreKey> keys) throws IOException {
        byte[] text = keys.stream()
                .map(key -> key.base64() + "\n")
                .collect(Collectors.joining())
                .getBytes(US_ASCII);
        DurableFiles.removeLeftoversOf(file);
        DurableFiles.writeFile(file, true, out -> out.write(text));
    }

    /** Waits until the disk has what another process put there, perhaps without living long enough to wait itself. */
    void sync() throws IOException {
        DurableFiles.removeLeftoversOf(file);
        DiskSync.directory(directory());
    }

    /** @throws PermanentStoreException when a replacement would leave the old keys under another name */
    void requireOneName() throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw new PermanentStoreException(
                    "the key file " + file + " is a link to " + Files.readSymbolicLink(file)
                            + ": replacing it would leave the old key there. Name the file itself"
                            + " (mailroutes.store.key-file). Nothing is changed",
                    null);
        }
        DurableFiles.removeLeftoversOf(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Files.getAttribute(file, "unix:nlink") instanceof Integer names
                && names > 1) {
            throw new PermanentStoreException(
                    "the key file " + file + " has " + names + " names (hard links): the old key would stay under the"
                            + " others. Remove them. Nothing is changed",
                    null);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private Path directory() {
        return Objects.requireNonNull(file.getParent(), "the root directory holds no key");
    }

    private StoreException unreadable(IOException e) {
        return StoreException.of("read the key file " + file, e);
    }

    private List<StoreKey> readFile() throws IOException {
        if (FileModes.isPosix(file)) {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            if (!FileModes.DIRECTORY.containsAll(mode)) {
                throw new PermanentStoreException(
                        "the key file " + file + " is open to other users (" + PosixFilePermissions.toString(mode)
                                + "). Run: chmod 600 " + file,
                        null);
            }
        }
        String source = "the key file " + file;
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LONGEST_FILE), ISO_8859_1).strip();
            List<String> lines = text.isEmpty() ? List.of("") : text.lines().toList();
            return lines.stream().map(line -> StoreKey.of(line, source)).toList();
        }
    }

    private void create() {
        if (file.getFileName() == null) {
            throw new PermanentStoreException("the key file " + file + " is a directory. Name a file", null);
        }
        try {
            DurableFiles.createDirectories(directory(), true);
            publish(StoreKey.random().base64() + "\n");
        } catch (IOException e) {
            throw StoreException.of("create the key file " + file, e);
        }
    }

    /** Written aside and linked into place, so that of two processes that start at once both use the first one's key. */
    private void publish(String text) throws IOException {
        Path aside = TemporaryName.beside(file, Kind.TMP);
        Files.createFile(aside, FileModes.file(aside));
        try {
            try (OutputStream out = Files.newOutputStream(aside)) {
                out.write(text.getBytes(US_ASCII));
            }
            DiskSync.file(aside);
            Files.createLink(file, aside);
            DiskSync.directory(directory());
            LOG.warn(
                    "A new key for the stored tokens is in {}. Beside the data it protects against little: keep it"
                            + " elsewhere (mailroutes.store.key-file, MAILROUTES_STORE_KEY), and back it up.",
                    file);
        } catch (FileAlreadyExistsException | NoSuchFileException another) {
            // The second: it is already rotating, and has cleared away what it took for left over.
            LOG.debug("Another process has created {} meanwhile", file);
        } finally {
            Files.deleteIfExists(aside);
        }
    }
}
