package io.mailroutes.message;

import jakarta.mail.internet.MailDateFormat;
import java.io.IOException;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header block of a mail as an {@link Envelope}. */
final class EnvelopeReader {
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>]*+>");
    private static final Pattern TIME_OF_DAY =
            Pattern.compile("(?<![0-9:])([01]?[0-9]|2[0-4]):[0-5][0-9](:[0-6][0-9])?(?![0-9:])");
    private static final int LONGEST_DATE = 200;

    private final HeaderBlock block;
    private final Notes notes;

    private EnvelopeReader(HeaderBlock block, Notes notes) {
        this.block = block;
        this.notes = notes;
    }

    /** Reads no further than the header block. */
    static HeaderBlock block(Content raw, MailLimits limits, Notes notes) throws IOException {
        HeaderReader header = new HeaderReader(limits.headerBytes(), name -> true, notes);
        try (LineScanner line = LineScanner.open(raw)) {
            boolean more = true;
            while (more && !header.isFull() && line.next()) {
                more = header.add(line) == HeaderReader.Step.HEADER;
            }
        }
        return header.block();
    }

    static Envelope read(HeaderBlock block, Notes notes) {
        return new EnvelopeReader(block, notes).envelope();
    }

    private Envelope envelope() {
        return new Envelope(
                line("Message-ID"),
                line("In-Reply-To"),
                references(),
                date(),
                line("Subject"),
                addresses("From", true),
                addresses("Sender", true),
                addresses("Reply-To", true),
                addresses("To", false),
                addresses("Cc", false),
                addresses("Bcc", false),
                headers());
    }

    private Optional<String> line(String name) {
        return block.first(name).map(value -> decoded(name, value)).filter(value -> !value.isEmpty());
    }

    private String decoded(String name, String value) {
        return CleanText.line(EncodedWords.decode(value, name, notes));
    }

    private List<String> references() {
        List<String> references = new ArrayList<>();
        for (String value : block.all("References")) {
            Matcher matcher = MESSAGE_ID.matcher(value);
            while (matcher.find()) {
                references.add(CleanText.line(matcher.group()));
            }
        }
        return references;
    }

    private Optional<Instant> date() {
        return block.first("Date").flatMap(value -> PlainDate.parse(value).or(() -> instant(value)));
    }

    private static Optional<Instant> instant(String value) {
        String bounded = CleanText.cut(CleanText.line(value), LONGEST_DATE);
        String text = bounded.replaceAll("\\([^()]*\\)", "").replaceAll(" *: *", ":");
        if (!TIME_OF_DAY.matcher(text).find()) {
            return Optional.empty(); // the parser would carry 59 hours over into the next days
        }
        try {
            return Optional.ofNullable(new MailDateFormat().parse(text)).map(Date::toInstant);
        } catch (ParseException | RuntimeException e) { // not a date: the field is in the headers for who wants it
            return Optional.empty();
        }
    }

    /** @param once whether a second field of the name is a forgery or a mistake and does not count */
    private List<Address> addresses(String name, boolean once) {
        List<String> values = block.all(name);
        return AddressParser.parse(once && values.size() > 1 ? values.subList(0, 1) : values, notes);
    }

    private List<Envelope.Header> headers() {
        List<Envelope.Header> headers = new ArrayList<>(block.fields().size());
        for (HeaderBlock.Field field : block.fields()) {
            headers.add(new Envelope.Header(field.name(), decoded(field.name(), field.value())));
        }
        return headers;
    }
}
