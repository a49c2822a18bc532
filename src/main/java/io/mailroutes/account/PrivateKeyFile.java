package io.mailroutes.account;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The file that {@code private-key-file} names, in any of its forms: nobody but its owner may read it. */
final class PrivateKeyFile {
    private static final String KEY = "private-key-file";
    private static final String PASSWORD = "private-key-password";
    private static final long LARGEST_FILE = 1L << 20;
    private static final byte DER_SEQUENCE = 0x30;
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PrivateKeyFile() {}

    /**
     * The bytes of a file that holds a private key.
     *
     * @param key the account key that names the file
     * @throws KeyFileException when it is open to other users, too large, or cannot be read
     */
    static byte[] content(String key, Path file) throws KeyFileException {
        try {
            requirePrivate(key, file);
            if (Files.size(file) > LARGEST_FILE) {
                throw new KeyFileException(key, "is larger than 1 MiB, which no such file is");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new KeyFileException(key, "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    static SigningIdentity read(Path file, Optional<Secret> password) throws KeyFileException {
        byte[] content = content(KEY, file);
        // PEM is text; what begins like binary data can only be PKCS#12.
        return content.length > 1 && content[0] == DER_SEQUENCE && (content[1] & 0x80) != 0
                ? fromStore(content, password)
                : new SigningIdentity(
                        PrivateKeyPem.read(KEY, new String(content, ISO_8859_1), password), Optional.empty());
    }

    private static void requirePrivate(String key, Path file) throws IOException, KeyFileException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return; // Elsewhere the access list is inherited from the user's own directory.
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        if (!OWNER.containsAll(mode)) {
            throw new KeyFileException(
                    key,
                    "can be read by other users (" + PosixFilePermissions.toString(mode)
                            + "), and it holds a private key: run chmod 600 on it");
        }
    }

    private static SigningIdentity fromStore(byte[] content, Optional<Secret> password) throws KeyFileException {
        char[] secret = password.map(Secret::reveal).orElse("").toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), secret);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getKey(alias, secret) instanceof RSAPrivateKey key) {
                    return new SigningIdentity(
                            key, Optional.of(store.getCertificate(alias)).map(X509Certificate.class::cast));
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(e, password);
        }
        throw new KeyFileException(KEY, "is a PKCS#12 file without an RSA key");
    }

    private static KeyFileException unreadable(Exception e, Optional<Secret> password) {
        if (!(e instanceof UnrecoverableKeyException) && !(e.getCause() instanceof UnrecoverableKeyException)) {
            return new KeyFileException(
                    KEY, "is neither PEM (-----BEGIN PRIVATE KEY-----) nor a PKCS#12 file that Java reads");
        }
        return password.isEmpty()
                ? new KeyFileException(KEY, "is an encrypted PKCS#12 file: give private-key-password")
                : new KeyFileException(PASSWORD, "is not the password of the PKCS#12 file in private-key-file");
    }
}
