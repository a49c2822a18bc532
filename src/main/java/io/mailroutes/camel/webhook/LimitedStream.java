package io.mailroutes.camel.webhook;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Refuses more than so many bytes. */
final class LimitedStream extends FilterOutputStream {
    private long left;

    /** It is full. */
    static final class FullException extends IOException {
        private static final long serialVersionUID = 1L;

        FullException() {
            super("larger than the limit");
        }
    }

    LimitedStream(OutputStream out, long most) {
        super(out);
        this.left = most;
    }

    @Override
    public void write(int b) throws IOException {
        take(1);
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        take(length);
        out.write(bytes, offset, length);
    }

    private void take(int length) throws FullException {
        if (length > left) {
            throw new FullException();
        }
        left -= length;
    }
}
