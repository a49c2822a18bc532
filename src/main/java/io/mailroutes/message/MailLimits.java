package io.mailroutes.message;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How much of a stranger's mail is parsed; beyond a limit parsing stops and says so, and the raw bytes remain.
 *
 * @param headerBytes longest header block, in bytes
 * @param parts most parts in one mail
 * @param depth deepest nesting of multiparts; enclosed messages are attachments and are not opened
 * @param textBytes longest text or HTML body held as text, in decoded bytes; a longer one is also an attachment
 * @param time longest time for the structure of one mail
 */
public record MailLimits(int headerBytes, int parts, int depth, int textBytes, Duration time) {
    private static final int TEXT_BYTES = 4 * 1024 * 1024;
    private static final Duration TIME = Duration.ofSeconds(10);

    /** 256 KiB of header, 1,000 parts, 30 levels, 4 MiB of text, 10 seconds. */
    public static final MailLimits DEFAULT = new MailLimits(256 * 1024, 1000, 30);

    public MailLimits {
        requireNonNull(time, "time");
        if (headerBytes < 1 || parts < 1 || depth < 1 || textBytes < 1) {
            throw new IllegalArgumentException("every limit on a mail must be at least 1");
        }
    }

    /** With 4 MiB of text and 10 seconds. */
    public MailLimits(int headerBytes, int parts, int depth) {
        this(headerBytes, parts, depth, TEXT_BYTES, TIME);
    }
}
