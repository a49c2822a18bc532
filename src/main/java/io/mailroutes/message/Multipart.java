package io.mailroutes.message;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A multipart that is open while the lines of its parts go by (RFC 2046 section 5.1.1). */
final class Multipart {
    /** What a line means to this multipart. */
    enum Delimiter {
        NONE,
        PART,
        CLOSE
    }

    private final String path;
    private final PartHeader header;
    private final long start;
    private byte @Nullable [] boundary;
    private int parts;
    private boolean blank = true;

    /** @param path empty for the mail itself */
    Multipart(String path, PartHeader header, long start) {
        this.path = path;
        this.header = header;
        this.start = start;
        this.boundary = header.boundary().orElse(null);
    }

    String path() {
        return path.isEmpty() ? "1" : path;
    }

    PartHeader header() {
        return header;
    }

    String nextPath() {
        parts++;
        return path.isEmpty() ? Integer.toString(parts) : path + "." + parts;
    }

    boolean isWithoutParts() {
        return parts == 0;
    }

    /** A line before the first part, which counts when no part ever comes. */
    void preamble(LineScanner line) {
        blank &= line.isBlank();
    }

    /** The text that stands where parts should be. */
    Optional<Part> textInstead(long end) {
        return parts > 0 || blank
                ? Optional.empty()
                : Optional.of(new Part(path(), path.isEmpty(), header.asText(), start, Math.max(start, end)));
    }

    /** @param line one that begins with two hyphens */
    Delimiter delimiter(LineScanner line) {
        byte[] known = boundary;
        if (known == null) {
            return guess(line);
        }
        if (!line.startsWith(known)) {
            return Delimiter.NONE;
        }
        int rest = known.length;
        while (isSpace(line.byteAt(rest))) {
            rest++;
        }
        if (rest >= line.length()) {
            return Delimiter.PART;
        }
        boolean close = line.byteAt(rest) == '-' && line.byteAt(rest + 1) == '-' && isBlankFrom(line, rest + 2);
        return close ? Delimiter.CLOSE : Delimiter.NONE;
    }

    /** A multipart that does not name its boundary: the first line that looks like one is taken. */
    private Delimiter guess(LineScanner line) {
        int length = line.held();
        while (length > 0 && line.byteAt(length - 1) <= ' ') {
            length--;
        }
        boolean close = length > 3 && line.byteAt(length - 1) == '-' && line.byteAt(length - 2) == '-';
        if (length < 3 || close) {
            return Delimiter.NONE;
        }
        boundary = Arrays.copyOfRange(line.array(), line.offset(), line.offset() + length);
        return Delimiter.PART;
    }

    private static boolean isBlankFrom(LineScanner line, int from) {
        int at = from;
        while (isSpace(line.byteAt(at))) {
            at++;
        }
        return at >= line.length();
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r';
    }
}
