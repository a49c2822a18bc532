package io.mailroutes.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Decodes a content transfer encoding as it is read, forgiving what real mail does wrong and remembering it. Bytes are
 * taken in blocks: a call for each byte would cost more than the decoding.
 */
abstract class DecodingStream extends InputStream {
    private static final int CHUNK = 32 * 1024;

    /** What a decoder may give on top of as many bytes as it takes, for what it had held back. */
    private static final int HELD_BACK = 64;

    private final InputStream in;
    private final byte[] input;
    private byte[] decoded;
    private int at;
    private int end;
    private boolean finished;

    /** @param length the most encoded bytes that can come, so that a short text needs no large buffer */
    DecodingStream(InputStream in, long length) {
        this.in = in;
        this.input = new byte[(int) Math.min(CHUNK, Math.max(length, 1))];
        this.decoded = new byte[input.length + HELD_BACK];
    }

    /** Takes the next encoded bytes and {@linkplain #emit emits} what they complete. */
    abstract void take(byte[] bytes, int from, int to);

    /** The encoded bytes have ended. */
    abstract void finish();

    /** What was wrong with the bytes read so far. */
    abstract Optional<String> problem();

    /** Whether the bytes read so far cannot be of this encoding at all. */
    abstract boolean hopeless();

    final void emit(int b) {
        room(1)[end++] = (byte) b;
    }

    final void emit(byte[] bytes, int from, int count) {
        System.arraycopy(bytes, from, room(count), end, count);
        end += count;
    }

    /** The array of decoded bytes with room for so many more, to be written from {@link #end} on. */
    final byte[] room(int count) {
        if (end + count > decoded.length) {
            decoded = Arrays.copyOf(decoded, Math.max(end + count, end * 2));
        }
        return decoded;
    }

    /** Where the next decoded byte goes. */
    final int end() {
        return end;
    }

    /** Decoded bytes were written into the {@link #room} up to here. */
    final void end(int written) {
        end = written;
    }

    @Override
    public final int read() throws IOException {
        return ready() ? decoded[at++] & 0xFF : -1;
    }

    @Override
    public final int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!ready()) {
            return -1;
        }
        int count = Math.min(length, end - at);
        System.arraycopy(decoded, at, buffer, offset, count);
        at += count;
        return count;
    }

    @Override
    public final long transferTo(OutputStream out) throws IOException {
        long count = 0;
        while (ready()) {
            out.write(decoded, at, end - at);
            count += end - at;
            at = end;
        }
        return count;
    }

    private boolean ready() throws IOException {
        while (at == end && !finished) {
            at = 0;
            end = 0;
            int count = in.read(input);
            if (count < 0) {
                finished = true;
                finish();
            } else {
                take(input, 0, count);
            }
        }
        return at < end;
    }

    @Override
    public final void close() throws IOException {
        in.close();
    }
}
