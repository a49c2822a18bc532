package io.mailroutes.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key that seals the tokens: 32 bytes, and a name made from them so that a wrong key is recognised as such. */
public final class StoreKey {
    private static final Logger LOG = LoggerFactory.getLogger(StoreKey.class);
    private static final int BYTES = 32;
    private static final int LONGEST_FILE = 1024;

    private final SecretKey key;
    private final String id;

    private StoreKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
        this.id = id(bytes);
    }

    /**
     * The key itself, as {@code MAILROUTES_STORE_KEY} has it.
     *
     * @param base64 32 bytes in base64
     * @throws PermanentStoreException when it is anything else
     */
    public static StoreKey of(String base64) {
        return decode(base64, "MAILROUTES_STORE_KEY");
    }

    /**
     * The key in a file; made at random when there is no such file, with mode 0600.
     *
     * @throws PermanentStoreException when other users can read the file, or it holds no key
     */
    public static StoreKey inFile(Path file) {
        try {
            return read(file);
        } catch (NoSuchFileException missing) {
            return create(file);
        } catch (IOException e) {
            throw StoreException.of("read the key file " + file, e);
        }
    }

    SecretKey key() {
        return key;
    }

    /** Names the key without telling anything of it. */
    public String id() {
        return id;
    }

    @Override
    public String toString() {
        return "StoreKey[" + id + "]";
    }

    /** Who can read a file that is closed to group and others is its owner or root: no other check is needed. */
    private static StoreKey read(Path file) throws IOException {
        if (FileModes.isPosix(file)) {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            if (!FileModes.DIRECTORY.containsAll(mode)) {
                throw new PermanentStoreException(
                        "the key file " + file + " is open to other users (" + PosixFilePermissions.toString(mode)
                                + "). Run: chmod 600 " + file,
                        null);
            }
        }
        try (InputStream in = Files.newInputStream(file)) {
            return decode(new String(in.readNBytes(LONGEST_FILE), ISO_8859_1), "the key file " + file);
        }
    }

    private static StoreKey create(Path file) {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new PermanentStoreException("the key file " + file + " is a directory. Name a file", null);
        }
        try {
            DurableFiles.createDirectories(directory, true);
            publish(file, directory, Base64.getEncoder().encodeToString(bytes) + "\n");
            return read(file);
        } catch (IOException e) {
            throw StoreException.of("create the key file " + file, e);
        }
    }

    /** Written aside and linked into place, so that of two processes that start at once both use the first one's key. */
    private static void publish(Path file, Path directory, String text) throws IOException {
        Path aside = Files.createTempFile(directory, ".key", ".tmp", FileModes.file(file));
        try {
            try (OutputStream out = Files.newOutputStream(aside)) {
                out.write(text.getBytes(UTF_8));
            }
            DiskSync.file(aside);
            Files.createLink(file, aside);
            DiskSync.directory(directory);
            LOG.warn(
                    "A new key for the stored tokens is in {}. Beside the data it protects against little: keep it"
                            + " elsewhere (mailroutes.store.key-file, MAILROUTES_STORE_KEY), and back it up.",
                    file);
        } catch (FileAlreadyExistsException another) {
            LOG.debug("Another process has created {} meanwhile", file);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static StoreKey decode(String text, String source) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.strip());
            if (bytes.length == BYTES) {
                return new StoreKey(bytes);
            }
        } catch (IllegalArgumentException notBase64) {
            // Said below, together with the wrong length; the decoder's message would quote the key.
        }
        throw new PermanentStoreException(
                source + " must hold 32 random bytes in base64. Make one with: openssl rand -base64 32", null);
    }

    private static String id(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("mailroutes store key".getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(bytes), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
