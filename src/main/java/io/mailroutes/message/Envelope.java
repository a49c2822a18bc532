package io.mailroutes.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the header block says, decoded (RFC 2047), cleaned of control and bidirectional characters and cut to 998
 * characters a value. All of it was written by the sender.
 */
public record Envelope(
        Optional<String> messageId,
        Optional<String> inReplyTo,
        List<String> references,
        Optional<Instant> date,
        Optional<String> subject,
        List<Address> from,
        List<Address> sender,
        List<Address> replyTo,
        List<Address> to,
        List<Address> cc,
        List<Address> bcc,
        List<Header> headers) {
    /** One header line, in the order of the mail. */
    public record Header(String name, String value) {}

    /** Reads a header block, or a part of one. */
    public static Envelope parse(byte[] header) {
        try {
            Notes notes = new Notes();
            return EnvelopeReader.read(
                    EnvelopeReader.block(new MemoryContent(header), MailLimits.DEFAULT, notes), notes);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be read", e);
        }
    }

    public Envelope {
        references = List.copyOf(references);
        from = List.copyOf(from);
        sender = List.copyOf(sender);
        replyTo = List.copyOf(replyTo);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        headers = List.copyOf(headers);
    }
}
