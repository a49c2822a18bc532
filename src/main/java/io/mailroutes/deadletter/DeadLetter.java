package io.mailroutes.deadletter;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One dead letter as a list shows it.
 *
 * @param id {@code ACCOUNT/FOLDER~UIDVALIDITY-UID}, the place below the directory of all dead letters
 * @param meta what is known of it; empty when {@code meta.json} is missing or damaged
 * @param directory where {@code message.eml} and {@code meta.json} are
 */
public record DeadLetter(String id, String account, Optional<Meta> meta, Path directory) {
    /**
     * The part of {@code meta.json} that tells what happened.
     *
     * @param key the delivery key
     * @param failures how often the mail came to the dead letters: once, and again by each replay that failed
     * @param headerOnly present when {@code message.eml} is not the whole mail
     */
    public record Meta(
            String key,
            String sha256,
            Failure failure,
            Instant firstFailedAt,
            Instant lastFailedAt,
            int failures,
            Optional<HeaderOnly> headerOnly) {}

    /**
     * Of a mail that was too large to be fetched, {@code message.eml} holds the header block alone; the mail itself is in
     * its folder on the server and nowhere else.
     *
     * @param serverSize the bytes of the whole mail as the server said; an estimate on some servers
     * @param maxMessageSize the limit, in bytes
     */
    public record HeaderOnly(long serverSize, long maxMessageSize) {}
}
