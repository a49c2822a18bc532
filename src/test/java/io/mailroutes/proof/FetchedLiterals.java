package io.mailroutes.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Listens to what a server sends and tells the Message-ID of each mail of {@link MarkedMail} whose literal is complete. */
final class FetchedLiterals {
    private static final Pattern LITERAL = Pattern.compile("\\* \\d+ FETCH .*\\{(\\d+)}\r\n", Pattern.DOTALL);

    /** The Message-ID is the first field. */
    private static final int HEAD = 200;

    private final Consumer<String> complete;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private long left;

    FetchedLiterals(Consumer<String> complete) {
        this.complete = complete;
    }

    /** Whether the next byte is one of a literal. */
    boolean isInside() {
        return left > 0;
    }

    void heard(byte[] bytes, int length) {
        int at = 0;
        while (at < length) {
            at = left > 0 ? inLiteral(bytes, at, length) : inLine(bytes, at);
        }
    }

    private int inLiteral(byte[] bytes, int at, int length) {
        int now = (int) Math.min(left, length - at);
        head.write(bytes, at, Math.min(now, Math.max(0, HEAD - head.size())));
        left -= now;
        if (left == 0) {
            MarkedMail.messageId(head.toString(ISO_8859_1)).ifPresent(complete);
        }
        return at + now;
    }

    private int inLine(byte[] bytes, int at) {
        line.write(bytes[at]);
        if (bytes[at] == '\n') {
            Matcher literal = LITERAL.matcher(line.toString(ISO_8859_1));
            left = literal.matches() ? Long.parseLong(literal.group(1)) : 0;
            line.reset();
            head.reset();
        }
        return at + 1;
    }
}
