package io.mailroutes.imap;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Limits of one connection.
 *
 * @param temporaryDirectory where large mails are streamed to; must exist
 * @param memoryLimit mails above this many bytes are streamed to a temporary file
 * @param maximumSize mails above this many bytes are not fetched; a literal beyond it ends the connection
 */
public record ImapSettings(
        Path temporaryDirectory, Duration connectTimeout, Duration answerTimeout, int memoryLimit, long maximumSize) {
    /** The same, with another limit for a mail. */
    public ImapSettings withMaximumSize(long bytes) {
        return new ImapSettings(temporaryDirectory, connectTimeout, answerTimeout, memoryLimit, bytes);
    }

    /** 15 s to connect, 60 s for an answer, 1 MiB in memory, 256 MiB a mail. */
    public static ImapSettings defaults(Path temporaryDirectory) {
        return new ImapSettings(
                temporaryDirectory, Duration.ofSeconds(15), Duration.ofSeconds(60), 1 << 20, 256L << 20);
    }
}
