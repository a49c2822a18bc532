package io.mailroutes.testing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * One mail as the server holds it.
 *
 * @param flags in the server's spelling, without \Recent
 */
@SuppressWarnings("ArrayRecordComponent") // compared by sha256, never by equals
public record StoredMail(byte[] raw, Set<String> flags) {
    public String sha256() {
        return sha256(raw);
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
