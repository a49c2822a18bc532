package io.mailroutes.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One mail as a route sees it: immutable, complete, with no connection behind it. The envelope and the parts are
 * parsed when first asked for, under {@link MailLimits}; parsing never throws: what cannot be parsed is missing and
 * {@link #parseError} says why. The raw bytes are always there.
 */
public final class Mail {
    private final DeliveryKey key;
    private final Set<String> flags;
    private final Instant internalDate;
    private final Content raw;
    private final MailLimits limits;

    private Mail(DeliveryKey key, Set<String> flags, Instant internalDate, Content raw, MailLimits limits) {
        this.key = key;
        this.flags = Set.copyOf(flags);
        this.internalDate = internalDate;
        this.raw = raw;
        this.limits = limits;
    }

    /** @param flags the IMAP flags, in the server's spelling */
    public static Mail of(DeliveryKey key, Set<String> flags, Instant internalDate, Content raw, MailLimits limits) {
        return new Mail(key, flags, internalDate, raw, limits);
    }

    public DeliveryKey key() {
        return key;
    }

    /** The IMAP flags when the mail was fetched, in the server's spelling. */
    public Set<String> flags() {
        return flags;
    }

    /** When the server received the mail (RFC 3501 section 2.3.3). */
    public Instant internalDate() {
        return internalDate;
    }

    /** The bytes exactly as the server holds them. */
    public Content raw() {
        return raw;
    }

    /** The header block, parsed alone. */
    public Envelope envelope() {
        throw new UnsupportedOperationException("skeleton" + limits);
    }

    /** The text of the mail: the first text part, else the text of the HTML part; empty when there is neither. */
    public Optional<String> text() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** The first HTML part. */
    public Optional<String> html() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Every leaf part that is not the text or HTML body, in order: also inline, nameless and message/rfc822 ones. */
    public List<Attachment> attachments() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Why the mail, or a part of it, could not be parsed. Asking parses the whole mail. */
    public Optional<String> parseError() {
        throw new UnsupportedOperationException("skeleton");
    }
}
