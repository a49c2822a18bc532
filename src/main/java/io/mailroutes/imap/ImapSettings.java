package io.mailroutes.imap;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Limits of one connection.
 *
 * @param temporaryDirectory where large mails are streamed to; must exist
 * @param answerTimeout how long the server may be silent while it answers
 * @param memoryLimit mails above this many bytes are streamed to a temporary file
 * @param maximumSize mails above this many bytes are not fetched; a literal beyond it ends the connection
 * @param probeTimeout the same as {@code answerTimeout} for NOOP and IDLE, which a living server answers at once
 * @param tls shared by the connections that have the same settings
 */
public record ImapSettings(
        Path temporaryDirectory,
        Duration connectTimeout,
        Duration answerTimeout,
        int memoryLimit,
        long maximumSize,
        Duration probeTimeout,
        TlsContexts tls) {
    private static final Duration PROBE = Duration.ofSeconds(20);

    /** With 20 s for NOOP and IDLE, and TLS contexts of their own. */
    public ImapSettings(
            Path temporaryDirectory,
            Duration connectTimeout,
            Duration answerTimeout,
            int memoryLimit,
            long maximumSize) {
        this(temporaryDirectory, connectTimeout, answerTimeout, memoryLimit, maximumSize, PROBE, new TlsContexts());
    }

    /** The same, with the TLS contexts of other connections. */
    public ImapSettings withTls(TlsContexts shared) {
        return new ImapSettings(
                temporaryDirectory, connectTimeout, answerTimeout, memoryLimit, maximumSize, probeTimeout, shared);
    }

    /** The same, with another limit for a mail. */
    public ImapSettings withMaximumSize(long bytes) {
        return new ImapSettings(
                temporaryDirectory, connectTimeout, answerTimeout, memoryLimit, bytes, probeTimeout, tls);
    }

    /** The same, with another limit for the answer to NOOP and IDLE. */
    public ImapSettings withProbeTimeout(Duration limit) {
        return new ImapSettings(
                temporaryDirectory, connectTimeout, answerTimeout, memoryLimit, maximumSize, limit, tls);
    }

    /** 15 s to connect, 60 s for an answer, 20 s for one to a probe, 1 MiB in memory, 256 MiB a mail. */
    public static ImapSettings defaults(Path temporaryDirectory) {
        return new ImapSettings(
                temporaryDirectory, Duration.ofSeconds(15), Duration.ofSeconds(60), 1 << 20, 256L << 20);
    }
}
