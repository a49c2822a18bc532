package io.mailroutes.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One mail as a route sees it: immutable, complete, with no connection behind it. The envelope and the parts are
 * parsed when first asked for, once, under {@link MailLimits}; parsing never throws for what a mail is: what cannot be
 * parsed is missing and {@link #parseError} says why. The raw bytes are always there. Only when they cannot be read,
 * because the disk fails or {@link Content#discard} was called, an {@link UncheckedIOException} is thrown.
 */
public final class Mail {
    private final DeliveryKey key;
    private final Set<String> flags;
    private final Instant internalDate;
    private final Content raw;
    private final Optional<GmailIds> gmail;
    private final TrustedServers trusted;
    private final Lazy<ReadEnvelope> envelope;
    private final Lazy<ParsedMail> body;
    private final Lazy<SenderTrust> senderTrust;
    private final Lazy<MailExtras> extras;

    private record ReadEnvelope(Envelope envelope, Trace trace, Notes notes) {}

    private Mail(
            DeliveryKey key,
            Set<String> flags,
            Instant internalDate,
            Content raw,
            MailLimits limits,
            Optional<GmailIds> gmail,
            TrustedServers trusted) {
        this.key = key;
        this.flags = Set.copyOf(flags);
        this.internalDate = internalDate;
        this.raw = raw;
        this.gmail = gmail;
        this.trusted = trusted;
        this.envelope = new Lazy<>(() -> readEnvelope(raw, limits, trusted));
        this.body = new Lazy<>(() -> BodyParser.parse(raw, limits));
        this.senderTrust = new Lazy<>(this::checkSender);
        this.extras = new Lazy<>(this::readExtras);
    }

    /** @param flags the IMAP flags, in the server's spelling */
    public static Mail of(DeliveryKey key, Set<String> flags, Instant internalDate, Content raw, MailLimits limits) {
        return of(key, flags, internalDate, raw, limits, Optional.empty());
    }

    /** As the other, with what only Gmail tells. */
    public static Mail of(
            DeliveryKey key,
            Set<String> flags,
            Instant internalDate,
            Content raw,
            MailLimits limits,
            Optional<GmailIds> gmail) {
        return of(key, flags, internalDate, raw, limits, gmail, TrustedServers.NONE);
    }

    /**
     * With all that is known.
     *
     * @param trusted whose words on the sender are believed
     */
    public static Mail of(
            DeliveryKey key,
            Set<String> flags,
            Instant internalDate,
            Content raw,
            MailLimits limits,
            Optional<GmailIds> gmail,
            TrustedServers trusted) {
        return new Mail(key, flags, internalDate, raw, limits, gmail, trusted);
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

    /** Gmail's ids and labels; empty for any other server. */
    public Optional<GmailIds> gmail() {
        return gmail;
    }

    /** The header block, parsed alone. */
    public Envelope envelope() {
        return envelope.get().envelope();
    }

    /**
     * What the receiving server found out about the sender; {@link SenderTrust#UNKNOWN} when it is not configured whom to
     * trust. Never throws for what is in the mail.
     */
    public SenderTrust senderTrust() {
        return senderTrust.get();
    }

    private SenderTrust checkSender() {
        return trusted.isEmpty()
                ? SenderTrust.UNKNOWN
                : SenderCheck.of(envelope.get().trace(), envelope(), trusted);
    }

    private static ReadEnvelope readEnvelope(Content raw, MailLimits limits, TrustedServers trusted) {
        Notes notes = new Notes();
        try {
            HeaderBlock block = EnvelopeReader.block(raw, limits, notes);
            Trace trace = trusted.isEmpty() ? Trace.EMPTY : Trace.of(block);
            return new ReadEnvelope(EnvelopeReader.read(block, notes), trace, notes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the raw mail", e);
        }
    }

    /**
     * The text of the mail: the first text part, or the text of the HTML part when there is none or it is blank; lines
     * end with LF. Empty when there is neither.
     */
    public Optional<String> text() {
        return body.get().text();
    }

    /** Whether {@link #text} was made from the HTML part. */
    public boolean isTextFromHtml() {
        return body.get().textFromHtml();
    }

    /** The first HTML part. */
    public Optional<String> html() {
        return body.get().html();
    }

    /** Every leaf part that is not the text or HTML body, in order: also inline, nameless and message/rfc822 ones. */
    public List<Attachment> attachments() {
        return body.get().attachments();
    }

    /** What the mail says of itself: automatic, from a list, a report on another. Never throws for what is in the mail. */
    public MailFacts facts() {
        return extras.get().facts();
    }

    /** The events of its calendar parts; empty for nearly every mail. Never throws for what is in the mail. */
    public List<CalendarEvent> calendar() {
        return extras.get().calendar();
    }

    private MailExtras readExtras() {
        try {
            return MailExtras.read(envelope(), attachments());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the raw mail", e);
        }
    }

    /**
     * Why the mail, or a part of it, could not be parsed. What is wrong with the header block is found with the envelope;
     * with the structure, the part headers and the texts when one of {@link #text}, {@link #html} and {@link
     * #attachments} is first asked for; with the encoding of an attachment when that is first read to its end. This
     * answers for all of it, and so does all of it that nobody has asked for yet.
     */
    public Optional<String> parseError() {
        Notes all = new Notes();
        all.addAll(envelope.get().notes());
        all.addAll(body.get().notes());
        all.addAll(extras.get().notes());
        for (Attachment attachment : body.get().attachments()) {
            addProblems(attachment, all);
        }
        return all.text();
    }

    private static void addProblems(Attachment attachment, Notes notes) {
        if (attachment.content() instanceof PartContent part) {
            try {
                part.addProblems("part " + attachment.path(), notes);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the raw mail", e);
            }
        }
    }
}
