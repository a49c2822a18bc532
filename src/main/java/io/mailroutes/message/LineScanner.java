package io.mailroutes.message;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a mail with their places, in one pass. A line is looked at where it stands, in the mail itself when that
 * is in memory, and only the beginning of a line is held, so that a line of any length costs no memory. A line ends
 * with LF; a CR before it is not part of it.
 */
final class LineScanner implements Closeable {
    /** As much of a line as is looked at. */
    static final int HELD = 64 * 1024;

    private static final int FIRST_BUFFER = 16 * 1024;

    /** What must be kept of a block to see that a line with two hyphens begins at its end: CR, LF and one hyphen. */
    private static final int SEAM = 3;

    private final @Nullable InputStream in;
    private byte[] buffer;
    private int filled;
    private int lineAt;
    private int lineStop;
    private int held;
    private int nextAt;
    private int searchFrom;
    private long start;
    private long end;
    private long after;
    private long dropped;
    private boolean droppedBlank = true;

    private LineScanner(@Nullable InputStream in, byte[] buffer, int filled) {
        this.in = in;
        this.buffer = buffer;
        this.filled = filled;
    }

    static LineScanner open(Content raw) throws IOException {
        return raw instanceof MemoryContent memory
                ? new LineScanner(null, memory.bytes(), memory.bytes().length)
                : new LineScanner(raw.open(), new byte[FIRST_BUFFER], 0);
    }

    /** Moves to the next line; false at the end of the mail. */
    boolean next() throws IOException {
        start = after;
        lineAt = nextAt;
        dropped = 0;
        droppedBlank = true;
        int newline = newline(lineAt);
        while (newline < 0 && in != null) {
            makeRoom();
            int seen = filled;
            if (!fill(in)) {
                break;
            }
            newline = newline(seen);
        }
        boolean complete = newline >= 0;
        lineStop = complete ? newline : filled;
        nextAt = complete ? newline + 1 : filled;
        searchFrom = Math.max(nextAt - 1, 0);
        boolean crlf = complete && lineStop > lineAt && buffer[lineStop - 1] == '\r';
        after = start + dropped + nextAt - lineAt;
        end = start + dropped + lineStop - lineAt - (crlf ? 1 : 0);
        held = (int) Math.min(HELD, end - start);
        return after > start;
    }

    private int newline(int from) {
        byte[] bytes = buffer;
        int stop = filled;
        for (int i = from; i < stop; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Moves the line to the front of the buffer; of one that is longer than anybody looks at, the middle goes. */
    private void makeRoom() {
        keepFrom(lineAt);
        lineAt = 0;
        if (filled == buffer.length && filled <= HELD) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        } else if (filled == buffer.length) {
            droppedBlank &= isBlank(HELD, filled - 1);
            dropped += filled - 1 - HELD;
            buffer[HELD] = buffer[filled - 1]; // it may be the CR of the line end
            filled = HELD + 1;
        }
    }

    private void keepFrom(int index) {
        if (index > 0) {
            System.arraycopy(buffer, index, buffer, 0, filled - index);
            filled -= index;
        }
    }

    private boolean fill(InputStream from) throws IOException {
        int count = from.read(buffer, filled, buffer.length - filled);
        filled += Math.max(count, 0);
        return count > 0;
    }

    /**
     * Looks one block further for a line that begins with two hyphens: for bodies, of which no other line matters.
     * Returns whether the search is over: {@link #next} then gives that line, or nothing when there is none.
     */
    boolean skipToHyphens() throws IOException {
        int found = hyphens(searchFrom);
        if (found >= 0) {
            boolean crlf = found > 0 && buffer[found - 1] == '\r';
            after += found + 1 - nextAt;
            nextAt = found + 1;
            end = after - (crlf ? 2 : 1);
            return true;
        }
        skipBlock();
        return in == null || !fill(in);
    }

    /** The same when no line at all matters. */
    boolean skip() throws IOException {
        skipBlock();
        return in == null || !fill(in);
    }

    private void skipBlock() {
        after += filled - nextAt;
        nextAt = filled;
        end = after;
        if (in != null) {
            keepFrom(Math.max(filled - SEAM, 0));
            nextAt = filled;
            searchFrom = 0;
            buffer = buffer.length < HELD ? Arrays.copyOf(buffer, HELD) : buffer;
        }
    }

    /** The place of LF and two hyphens. A byte that is none of them is in no such place, so that two more are passed. */
    private int hyphens(int from) {
        byte[] bytes = buffer;
        int stop = filled;
        int last = from + 2;
        while (last < stop) {
            byte b = bytes[last];
            if (b == '-') {
                if (bytes[last - 1] == '-' && bytes[last - 2] == '\n') {
                    return last - 2;
                }
                last++;
            } else {
                last += b == '\n' ? 2 : 3;
            }
        }
        return -1;
    }

    /** Where the line begins in the mail. */
    long start() {
        return start;
    }

    /** Where the line, or what was skipped, ends without its line end. */
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
        return droppedBlank && isBlank(lineAt, lineStop);
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] > ' ' || buffer[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes of the line are held. */
    int held() {
        return held;
    }

    /** A held byte, or -1 beyond them. */
    int byteAt(int index) {
        return index < held ? buffer[lineAt + index] & 0xFF : -1;
    }

    /** The array in which the held bytes stand {@linkplain #offset from here on} until the next line is asked for. */
    byte[] array() {
        return buffer;
    }

    /** Where the line begins in the {@link #array}. */
    int offset() {
        return lineAt;
    }

    boolean startsWith(byte[] prefix) {
        return held >= prefix.length && Arrays.equals(buffer, lineAt, lineAt + prefix.length, prefix, 0, prefix.length);
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
