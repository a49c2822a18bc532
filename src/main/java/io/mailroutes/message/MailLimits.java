package io.mailroutes.message;

/**
 * How much of a stranger's mail is parsed; beyond a limit parsing stops and says so, and the raw bytes remain.
 *
 * @param headerBytes longest header block, in bytes
 * @param parts most parts in one mail
 * @param depth deepest nesting of multiparts and enclosed messages
 */
public record MailLimits(int headerBytes, int parts, int depth) {
    /** 256 KiB of header, 1,000 parts, 30 levels. */
    public static final MailLimits DEFAULT = new MailLimits(256 * 1024, 1000, 30);
}
