package io.mailroutes.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Decodes a content transfer encoding as it is read, forgiving what real mail does wrong and remembering it. */
abstract class DecodingStream extends InputStream {
    private static final int CHUNK = 16 * 1024;

    private final InputStream in;
    private final byte[] input = new byte[CHUNK];
    private byte[] decoded = new byte[CHUNK + 64];
    private int at;
    private int end;
    private boolean finished;

    DecodingStream(InputStream in) {
        this.in = in;
    }

    /** Takes the next encoded byte, 0 to 255, and calls {@link #emit} for what it completes. */
    abstract void take(int b);

    /** The encoded bytes have ended. */
    abstract void finish();

    /** What was wrong with the bytes read so far. */
    abstract Optional<String> problem();

    /** Whether the bytes read so far cannot be of this encoding at all. */
    abstract boolean hopeless();

    final void emit(int b) {
        if (end == decoded.length) {
            decoded = Arrays.copyOf(decoded, end * 2);
        }
        decoded[end++] = (byte) b;
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

    private boolean ready() throws IOException {
        while (at == end && !finished) {
            at = 0;
            end = 0;
            int count = in.read(input);
            if (count < 0) {
                finished = true;
                finish();
            }
            for (int i = 0; i < count; i++) {
                take(input[i] & 0xFF);
            }
        }
        return at < end;
    }

    @Override
    public final void close() throws IOException {
        in.close();
    }
}
