package io.mailroutes.message;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 digest of a content, read as a stream. */
public final class Sha256 {
    private static final int CHUNK = 64 * 1024;

    private Sha256() {}

    /** 64 lower-case hexadecimal digits. */
    public static String hex(Content content) throws IOException {
        MessageDigest digest = digest();
        byte[] chunk = new byte[(int) Math.min(CHUNK, Math.max(content.size(), 1))];
        try (InputStream in = content.open()) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                digest.update(chunk, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
