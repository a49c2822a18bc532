package io.mailroutes.imap;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Limits of one connection.
 *
 * @param temporaryDirectory where large mails are streamed to; must exist
 * @param memoryLimit mails above this many bytes are streamed to a temporary file
 * @param maximumSize mails above this many bytes are not fetched; a literal beyond it ends the connection
 * @param tls shared by the connections that have the same settings
 */
public record ImapSettings(
        Path temporaryDirectory,
        Duration connectTimeout,
        Duration answerTimeout,
        int memoryLimit,
        long maximumSize,
        TlsContexts tls) {
    /** With TLS contexts of their own. */
    public ImapSettings(
            Path temporaryDirectory,
            Duration connectTimeout,
            Duration answerTimeout,
            int memoryLimit,
            long maximumSize) {
        this(temporaryDirectory, connectTimeout, answerTimeout, memoryLimit, maximumSize, new TlsContexts());
    }

    /** The same, with the TLS contexts of other connections. */
    public ImapSettings withTls(TlsContexts shared) {
        return new ImapSettings(temporaryDirectory, connectTimeout, answerTimeout, memoryLimit, maximumSize, shared);
    }

    /** The same, with another limit for a mail. */
    public ImapSettings withMaximumSize(long bytes) {
        return new ImapSettings(temporaryDirectory, connectTimeout, answerTimeout, memoryLimit, bytes, tls);
    }

    /** 15 s to connect, 60 s for an answer, 1 MiB in memory, 256 MiB a mail. */
    public static ImapSettings defaults(Path temporaryDirectory) {
        return new ImapSettings(
                temporaryDirectory,
                Duration.ofSeconds(15),
                Duration.ofSeconds(60),
                1 << 20,
                256L << 20,
                new TlsContexts());
    }
}
