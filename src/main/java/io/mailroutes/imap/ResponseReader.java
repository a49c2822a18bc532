package io.mailroutes.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.ResponseInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one response at a time and never holds more than it was told to expect. The literal of a {@code BODY[]} goes to
 * the {@link MailSpool} while it arrives and leaves {@code {}} behind; everything else is bounded. What was read of a
 * line survives a time-out, so that reading may go on after one.
 */
final class ResponseReader extends ResponseInputStream {
    private static final byte[] BODY = "BODY[] ".getBytes(ISO_8859_1);

    /** While mail is fetched. */
    private static final int CHUNK = 16 * 1024;

    /** Otherwise: a connection that waits for mail should cost next to nothing, and the JDK keeps as much beside it. */
    private static final int SMALL_CHUNK = 512;

    private final InputStream in;
    private byte[] chunk = new byte[SMALL_CHUNK];
    private int at;
    private int end;

    private byte[] response = new byte[256];
    private int count;
    private int lineStart;
    private int literalLeft;

    private int responseLimit;
    private long budget;
    private @Nullable MailSpool spool;

    ResponseReader(InputStream in, int responseLimit) {
        super(in);
        this.in = in;
        expect(responseLimit, null);
    }

    /**
     * What the next command may bring.
     *
     * @param limit bytes of one response, its mail not counted; all responses together may have 64 times as many
     * @param target where mails go; null when none was asked for
     */
    void expect(int limit, @Nullable MailSpool target) {
        responseLimit = limit;
        budget = 64L * limit;
        spool = target;
    }

    /** The buffer that Angus offers is not used: ours is kept between calls. */
    @Override
    public ByteArray readResponse(@Nullable ByteArray unused) throws IOException {
        while (true) {
            readLiteral();
            readLine();
            int brace = announcement();
            if (brace < 0) {
                return whole();
            }
            beginLiteral(brace);
        }
    }

    private ByteArray whole() {
        byte[] copy = Arrays.copyOf(response, count);
        count = 0;
        lineStart = 0;
        return new ByteArray(copy, 0, copy.length);
    }

    private void readLine() throws IOException {
        while (true) {
            fill();
            byte next = chunk[at++];
            append(next);
            if (next == '\n' && count - lineStart >= 2 && response[count - 2] == '\r') {
                return;
            }
        }
    }

    /** Where the brace of {@code {123}CRLF} is at the end of the current line, -1 without one (RFC 9051 section 4.3). */
    private int announcement() {
        int position = count - 3;
        if (position < lineStart || response[position] != '}') {
            return -1;
        }
        do {
            position--;
        } while (position >= lineStart && response[position] >= '0' && response[position] <= '9');
        boolean digits = position < count - 4;
        return digits && position >= lineStart && response[position] == '{' ? position : -1;
    }

    private void beginLiteral(int brace) throws IOException {
        String digits = new String(response, brace + 1, count - brace - 4, ISO_8859_1);
        long size = digits.length() > 15 ? Long.MAX_VALUE : Long.parseLong(digits);
        if (spool != null && isBody(brace)) {
            spool.take(size, new String(response, 0, brace, ISO_8859_1), this);
            count = brace;
            append((byte) '{');
            append((byte) '}');
        } else if (size > responseLimit - count) {
            throw new LimitExceededException("a literal of " + size + " bytes that is no mail");
        } else {
            literalLeft = (int) size;
        }
        lineStart = count;
    }

    private boolean isBody(int brace) {
        int start = brace - BODY.length;
        if (response[0] != '*' || start < lineStart) {
            return false;
        }
        for (int i = 0; i < BODY.length; i++) {
            if (Character.toUpperCase((char) response[start + i]) != BODY[i]) {
                return false;
            }
        }
        return true;
    }

    private void readLiteral() throws IOException {
        if (literalLeft == 0) {
            return;
        }
        while (literalLeft > 0) {
            fill();
            append(chunk[at++]);
            literalLeft--;
        }
        lineStart = count;
    }

    private void append(byte next) throws IOException {
        if (count >= responseLimit || --budget < 0) {
            throw new LimitExceededException("more than " + responseLimit + " bytes in a response");
        }
        if (count == response.length) {
            response = Arrays.copyOf(response, Math.min(2 * count, responseLimit));
        }
        response[count++] = next;
    }

    private void fill() throws IOException {
        if (at < end) {
            return;
        }
        boolean filled = end == chunk.length;
        at = 0;
        end = 0;
        resize(filled);
        end = received(in.read(chunk));
    }

    /** Whatever fills a small chunk is a long answer. Called when the chunk holds nothing. */
    private void resize(boolean filled) {
        int wanted = spool != null || filled ? CHUNK : SMALL_CHUNK;
        if (chunk.length != wanted) {
            chunk = new byte[wanted];
        }
    }

    /** Fills the array from the wire. */
    void read(byte[] target) throws IOException {
        int have = Math.min(target.length, end - at);
        System.arraycopy(chunk, at, target, 0, have);
        at += have;
        while (have < target.length) {
            have += received(in.read(target, have, target.length - have));
        }
    }

    /** Copies as many bytes from the wire. */
    void copy(long size, OutputStream target) throws IOException {
        long left = size;
        while (left > 0) {
            fill();
            int part = (int) Math.min(left, end - at);
            target.write(chunk, at, part);
            at += part;
            left -= part;
        }
    }

    private static int received(int bytes) throws IOException {
        if (bytes < 0) {
            throw new EOFException("the server closed the connection");
        }
        return bytes;
    }

    @Override
    public int available() throws IOException {
        return end - at + in.available();
    }
}
