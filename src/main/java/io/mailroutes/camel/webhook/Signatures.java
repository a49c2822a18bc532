package io.mailroutes.camel.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.account.Secret;
import io.mailroutes.message.Content;
import java.io.IOException;
import java.io.InputStream;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The symmetric signature of Standard Webhooks 1.0.0: HMAC-SHA256 over {@code ID.TIMESTAMP.BODY}, once for each secret,
 * so that a secret can be changed without a mail being refused. The body is read and never held.
 *
 * <p>A dot in the id (of a folder's name) leaves no doubt where it ends: a delivery key ends in {@code /NUMBER/NUMBER},
 * so that what follows any other dot is not the number that a timestamp is.
 */
final class Signatures {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String BASE64_PREFIX = "whsec_";
    private static final int CHUNK = 1 << 16;

    /** "At least 24 bytes (192 bits, 512 maximum)", the specification says. */
    private static final int SHORTEST = 24;

    private final List<SecretKeySpec> keys;

    private Signatures(List<SecretKeySpec> keys) {
        this.keys = keys;
    }

    /** @param named the secrets with the names that {@code secretRef} gives them, the newest first; none is allowed */
    static Signatures of(List<Named> named) {
        return new Signatures(named.stream().map(Signatures::key).toList());
    }

    /** One of {@code mailroutes.secrets.*}. */
    record Named(String name, Secret secret) {}

    private static SecretKeySpec key(Named named) {
        String text = named.secret().reveal().strip();
        if (text.startsWith("whsk_") || text.startsWith("whpk_")) {
            throw bad(named, "is a key for asymmetric signatures, which this version does not make: give a whsec_ one");
        }
        byte[] key = text.startsWith(BASE64_PREFIX)
                ? decoded(named, text.substring(BASE64_PREFIX.length()))
                : text.getBytes(UTF_8);
        if (key.length < SHORTEST) {
            throw bad(
                    named,
                    "has fewer than " + SHORTEST + " bytes; make one: whsec_ and what 'openssl rand -base64 32'"
                            + " prints");
        }
        return new SecretKeySpec(key, ALGORITHM);
    }

    private static byte[] decoded(Named named, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw bad(
                    named, "begins with whsec_ and is not base64 after that"); // without a cause: it quotes the secret
        }
    }

    private static IllegalArgumentException bad(Named named, String words) {
        return new IllegalArgumentException(
                "mail-webhook-sink: the secret mailroutes.secrets." + named.name() + " " + words);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The value of {@code webhook-signature}, a signature for each secret. */
    String sign(String id, Instant time, Content body) throws IOException {
        List<Mac> macs = keys.stream().map(Signatures::mac).toList();
        byte[] head = (id + "." + time.getEpochSecond() + ".").getBytes(UTF_8);
        macs.forEach(mac -> mac.update(head));
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = body.open()) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                int length = read;
                macs.forEach(mac -> mac.update(chunk, 0, length));
            }
        }
        return macs.stream()
                .map(mac -> "v1," + Base64.getEncoder().encodeToString(mac.doFinal()))
                .collect(Collectors.joining(" "));
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
