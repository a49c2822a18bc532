package io.mailroutes.message;

import java.io.IOException;
import java.io.InputStream;

/**
 * The lines of a mail with their places, one pass over a stream. Only the beginning of a line is held, so that a line
 * of any length costs no memory. A line ends with LF; a CR before it is not part of it.
 */
final class LineScanner {
    /** As much of a line as is looked at. */
    static final int HELD = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private final byte[] line = new byte[HELD];
    private int at;
    private int filled;
    private int held;
    private long start;
    private long after;
    private long end;
    private boolean blank;

    LineScanner(InputStream in) {
        this.in = in;
    }

    /** Moves to the next line; false at the end of the mail. */
    boolean next() throws IOException {
        start = after;
        held = 0;
        blank = true;
        int last = -1;
        boolean complete = false;
        while (!complete && (at < filled || fill())) {
            int newline = at;
            while (newline < filled && buffer[newline] != '\n') {
                newline++;
            }
            hold(newline);
            last = newline > at ? buffer[newline - 1] : last;
            complete = newline < filled;
            int next = complete ? newline + 1 : newline;
            after += next - at;
            at = next;
        }
        end = after - (complete ? 1 : 0) - (complete && last == '\r' ? 1 : 0);
        held = (int) Math.min(held, end - start);
        return after > start;
    }

    private void hold(int newline) {
        int count = Math.min(newline - at, HELD - held);
        System.arraycopy(buffer, at, line, held, count);
        held += count;
        for (int i = at; blank && i < newline; i++) {
            blank = buffer[i] <= ' ' && buffer[i] >= 0;
        }
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(in.read(buffer), 0);
        return filled > 0;
    }

    /** Where the line begins in the mail. */
    long start() {
        return start;
    }

    /** Where the line ends, without its line end. */
    long end() {
        return end;
    }

    /** Where the next line begins. */
    long after() {
        return after;
    }

    /** Without its line end. */
    long length() {
        return end - start;
    }

    boolean isEmpty() {
        return end == start;
    }

    /** Whether there is nothing but white space and control characters. */
    boolean isBlank() {
        return blank;
    }

    /** How many bytes of the line are held. */
    int held() {
        return held;
    }

    /** A held byte, or -1 beyond them. */
    int byteAt(int index) {
        return index < held ? line[index] & 0xFF : -1;
    }

    /** The held bytes in an array that the next line overwrites. */
    byte[] bytes() {
        return line;
    }

    boolean startsWith(byte[] prefix) {
        if (held < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (line[i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
