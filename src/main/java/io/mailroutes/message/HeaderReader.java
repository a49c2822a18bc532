package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gathers the lines of one header block (RFC 5322 section 2.2) under a limit of bytes. */
final class HeaderReader {
    private static final byte[] MBOX = "From ".getBytes(US_ASCII);
    private static final byte[] QUOTED_MBOX = ">From ".getBytes(US_ASCII);

    /** What a line was. */
    enum Step {
        HEADER,
        END,
        /** There was no empty line; this line is already the first of the body. */
        BODY
    }

    private final int limit;
    private final Predicate<String> wanted;
    private final Notes notes;
    private final List<HeaderBlock.Field> fields = new ArrayList<>();
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();
    private @Nullable String name;
    private long read;
    private boolean anyField;
    private boolean afterBlank;

    /** @param wanted which fields are kept, by name in the spelling of the mail */
    HeaderReader(int limit, Predicate<String> wanted, Notes notes) {
        this.limit = limit;
        this.wanted = wanted;
        this.notes = notes;
    }

    /** Whether the limit has been reached, so that further lines are not kept. */
    boolean isFull() {
        return read > limit;
    }

    Step add(LineScanner line) {
        if (line.isEmpty()) {
            return Step.END;
        }
        boolean first = read == 0;
        read += line.length() + 2;
        if (isFull()) {
            notes.add("the header block is longer than " + limit + " bytes and was cut");
            return Step.HEADER;
        }
        if (line.length() > LineScanner.HELD) {
            notes.add("a header line longer than " + LineScanner.HELD + " bytes was cut");
        }
        boolean separator = first && (line.startsWith(MBOX) || line.startsWith(QUOTED_MBOX)) && colon(line) < 0;
        return separator ? Step.HEADER : addLine(line);
    }

    private Step addLine(LineScanner line) {
        boolean continuation = line.byteAt(0) == ' ' || line.byteAt(0) == '\t';
        int colon = continuation ? -1 : colon(line);
        if (continuation && anyField) {
            afterBlank = line.isBlank();
            value.write(line.array(), line.offset(), name == null ? 0 : line.held());
            return Step.HEADER;
        }
        if (colon > 0) {
            flush();
            start(line, colon);
            return Step.HEADER;
        }
        if (!anyField || afterBlank) {
            notes.add("the header block does not end with an empty line");
            return Step.BODY;
        }
        notes.add("a header line without a name was skipped");
        flush();
        return Step.HEADER;
    }

    private void start(LineScanner line, int colon) {
        anyField = true;
        afterBlank = false;
        String spelled = new String(line.array(), line.offset(), colon, US_ASCII).stripTrailing();
        name = wanted.test(spelled) ? spelled : null;
        value.write(line.array(), line.offset() + colon + 1, name == null ? 0 : line.held() - colon - 1);
    }

    /** The place of the colon after a field name; white space before it is forgiven. */
    private static int colon(LineScanner line) {
        byte[] bytes = line.array();
        int first = line.offset();
        int at = 0;
        while (at < line.held() && bytes[first + at] > ' ' && bytes[first + at] < 0x7F && bytes[first + at] != ':') {
            at++;
        }
        int nameEnd = at;
        while (line.byteAt(at) == ' ' || line.byteAt(at) == '\t') {
            at++;
        }
        return nameEnd > 0 && line.byteAt(at) == ':' ? at : -1;
    }

    private void flush() {
        if (name != null) {
            byte[] bytes = value.toByteArray();
            String text = MailCharset.asUtf8(bytes).orElseGet(() -> new String(bytes, ISO_8859_1));
            fields.add(new HeaderBlock.Field(CleanText.cap(name), text.strip()));
        }
        name = null;
        value.reset();
    }

    HeaderBlock block() {
        flush();
        return new HeaderBlock(fields);
    }
}
