package io.mailroutes.camel.queue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Collects bytes in memory up to a limit, so that nobody makes us hold more by what is in a mail. */
final class BoundedBytes extends OutputStream {
    /** There was more than the limit. */
    static final class Overflow extends IOException {
        private static final long serialVersionUID = 1;

        Overflow(int most) {
            super("more than " + most + " bytes");
        }
    }

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int most;

    BoundedBytes(int most) {
        this.most = most;
    }

    @Override
    public void write(int b) throws IOException {
        room(1);
        bytes.write(b);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        room(length);
        bytes.write(from, offset, length);
    }

    private void room(int wanted) throws Overflow {
        if (wanted > most - bytes.size()) {
            throw new Overflow(most);
        }
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
