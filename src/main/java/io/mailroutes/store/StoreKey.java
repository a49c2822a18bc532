package io.mailroutes.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key that seals tokens: 32 bytes, and a name made from them so that a wrong key is recognised as such. */
public final class StoreKey {
    private static final int BYTES = 32;

    private final SecretKey key;
    private final String id;

    private StoreKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
        this.id = id(bytes);
    }

    /**
     * The key itself, as an environment variable has it.
     *
     * @param base64 32 bytes in base64
     * @param source where it comes from, for the words of a refusal
     * @throws PermanentStoreException when it is anything else
     */
    public static StoreKey of(String base64, String source) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.strip());
            if (bytes.length == BYTES) {
                return new StoreKey(bytes);
            }
        } catch (IllegalArgumentException notBase64) {
            // Said below, together with the wrong length; the decoder's message would quote the key.
        }
        throw new PermanentStoreException(
                source + " must hold 32 random bytes in base64. Make one with: openssl rand -base64 32", null);
    }

    static StoreKey random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new StoreKey(bytes);
    }

    SecretKey key() {
        return key;
    }

    /** For the key file alone. */
    String base64() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /** Names the key without telling anything of it. */
    public String id() {
        return id;
    }

    @Override
    public String toString() {
        return "StoreKey[" + id + "]";
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
