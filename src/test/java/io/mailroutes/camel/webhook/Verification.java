package io.mailroutes.camel.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/** What a receiver does by the specification, written without a look at the sink: HMAC from its definition, RFC 2104. */
final class Verification {
    private static final int BLOCK = 64;

    private Verification() {}

    /** Whether any signature of the request is by this key, over this very body. */
    static boolean isSigned(Receiver.Got request, byte[] key) throws GeneralSecurityException {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(
                (request.id() + "." + request.header("webhook-timestamp") + ".").getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(request.body());
        String expected = "v1," + Base64.getEncoder().encodeToString(hmac(key, signed.toByteArray()));
        return List.of(request.header("webhook-signature").split(" ")).contains(expected);
    }

    private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        byte[] inner = padded(key, (byte) 0x36);
        byte[] outer = padded(key, (byte) 0x5c);
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        sha.update(inner);
        byte[] first = sha.digest(text);
        sha.update(outer);
        return sha.digest(first);
    }

    private static byte[] padded(byte[] key, byte with) {
        byte[] block = new byte[BLOCK];
        System.arraycopy(key, 0, block, 0, key.length);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= with;
        }
        return block;
    }
}
