package io.mailroutes.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mailroutes.message.Content;
import io.mailroutes.message.MemoryContent;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.angus.mail.iap.ProtocolException;

/**
 * One untagged FETCH (RFC 9051 section 7.5.2), its items in any order, unknown ones skipped. Servers send such lines
 * unasked too, with flags only.
 */
final class FetchLine {
    /** {@code date-time} of RFC 9051 section 9; the day may be padded with a space. */
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("d-MMM-yyyy HH:mm:ss Z")
            .toFormatter(Locale.US);

    private long uid;
    private long size;
    private Optional<Set<String>> flags = Optional.empty();
    private Optional<Instant> internalDate = Optional.empty();
    private Optional<Content> body = Optional.empty();
    private Optional<byte[]> header = Optional.empty();
    private final GmailItems gmail = new GmailItems();
    private Optional<byte[]> part = Optional.empty();

    private FetchLine() {}

    /**
     * @param items what follows the word FETCH, one character per byte
     * @param spool holds the mail that {@code {}} stands for
     */
    static FetchLine parse(String items, MailSpool spool) throws ProtocolException {
        FetchLine line = new FetchLine();
        FetchTokens tokens = new FetchTokens(items);
        boolean complete = false;
        try {
            tokens.open();
            while (tokens.more()) {
                line.put(tokens.name(), tokens.value(), spool);
            }
            complete = true;
            return line;
        } finally {
            if (!complete) {
                line.body.ifPresent(Content::discard);
            }
        }
    }

    private void put(String name, String value, MailSpool spool) throws ProtocolException {
        String item = name.toUpperCase(Locale.ROOT);
        switch (item.startsWith("BODY[HEADER") ? "HEADER" : item.startsWith("BODY[]<") ? "PART" : item) {
            case "UID" -> uid = number(value);
            case "RFC822.SIZE" -> size = number(value);
            case "FLAGS" -> flags = Optional.of(flags(value));
            case "INTERNALDATE" -> internalDate = date(FetchTokens.unquoted(value));
            case "BODY[]" -> body(FetchTokens.isSpooled(value) ? spool.claim() : inline(value));
            case "HEADER" -> header = FetchTokens.text(value).map(text -> text.getBytes(ISO_8859_1));
            case "X-GM-MSGID" -> gmail.messageId(value);
            case "X-GM-THRID" -> gmail.threadId(value);
            case "X-GM-LABELS" -> gmail.labels(value);
            case "PART" -> part = FetchTokens.text(value).map(text -> text.getBytes(ISO_8859_1));
            default -> {
                // An item nobody asked for: RFC 9051 section 7 wants clients to take it.
            }
        }
    }

    private void body(Optional<Content> found) throws ProtocolException {
        if (body.isPresent()) {
            found.ifPresent(Content::discard);
            throw new MalformedFetchException("a FETCH answer holds two mails");
        }
        body = found;
    }

    /** 0 when the server did not say. */
    long uid() {
        return uid;
    }

    /** 0 when the server did not say. */
    long size() {
        return size;
    }

    Optional<Set<String>> flags() {
        return flags;
    }

    Optional<Instant> internalDate() {
        return internalDate;
    }

    /** The mail; empty for NIL too, which Exchange sends for a mail that it cannot convert. */
    Optional<Content> body() {
        return body;
    }

    /** The header block, or the fields of it that were asked for. */
    Optional<byte[]> header() {
        return header;
    }

    GmailItems gmail() {
        return gmail;
    }

    /** The part of the mail that was asked for; no byte when the mail ends before it. */
    Optional<byte[]> part() {
        return part;
    }

    private static Optional<Content> inline(String value) {
        return value.startsWith("\"")
                ? Optional.of(new MemoryContent(FetchTokens.unquoted(value).getBytes(ISO_8859_1)))
                : Optional.empty();
    }

    private static Set<String> flags(String list) {
        String inner = list.startsWith("(") ? list.substring(1, list.length() - 1) : list;
        Set<String> flags = new LinkedHashSet<>(Arrays.asList(inner.strip().split(" +")));
        flags.remove("");
        return flags;
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text.strip(), DATE).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty(); // an odd date must not keep a mail from being delivered
        }
    }

    private static long number(String value) throws ProtocolException {
        if (value.isEmpty() || value.length() > 18 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new MalformedFetchException("a FETCH answer has no number where one belongs");
        }
        return Long.parseLong(value);
    }
}
