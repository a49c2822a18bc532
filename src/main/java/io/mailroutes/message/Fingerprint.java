package io.mailroutes.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * By what a mail is known again when its folder was renumbered: 128 bits of a SHA-256 over Message-ID, Date, From and
 * Subject. A sender can write two mails with the same one, so it is never more than a hint.
 */
public record Fingerprint(long high, long low) {

    /** Empty when the mail has none of the four. */
    public static Optional<Fingerprint> of(Envelope envelope) {
        boolean nameless = envelope.messageId().isEmpty()
                && envelope.date().isEmpty()
                && envelope.from().isEmpty()
                && envelope.subject().isEmpty();
        if (nameless) {
            return Optional.empty();
        }
        MessageDigest digest = Sha256.digest();
        add(digest, envelope.messageId().orElse(""));
        add(digest, envelope.date().map(Instant::toString).orElse(""));
        add(digest, envelope.from().toString());
        add(digest, envelope.subject().orElse(""));
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        return Optional.of(new Fingerprint(bytes.getLong(), bytes.getLong()));
    }

    /** With its length, so that no text can run over into the next. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }
}
