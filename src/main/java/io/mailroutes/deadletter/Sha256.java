package io.mailroutes.deadletter;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The fingerprint of a mail's bytes (FIPS 180-4), in lower-case hexadecimal. */
final class Sha256 {
    private Sha256() {}

    /** Copies the bytes on the way, and closes the source. */
    static String copy(InputStream source, OutputStream target) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(source, digest)) {
            in.transferTo(target);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(InputStream source) throws IOException {
        return copy(source, OutputStream.nullOutputStream());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
