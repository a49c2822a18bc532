package io.mailroutes.message;

import java.io.IOException;
import java.io.InputStream;

/**
 * The decoded bytes of a part, decoded anew at each {@link #open}, so that a large attachment is never held in memory.
 *
 * @param start where the body of the part begins in the raw mail, in bytes
 * @param end where it ends, exclusive
 * @param size the decoded size, counted once when the mail was parsed
 */
record PartContent(Content raw, long start, long end, TransferEncoding encoding, long size) implements Content {
    @Override
    public InputStream open() throws IOException {
        return encoding.decode(encoded(raw, start, end));
    }

    /** The bytes of the part as they stand in the mail. */
    static InputStream encoded(Content raw, long start, long end) throws IOException {
        InputStream in = raw.open();
        try {
            in.skipNBytes(start);
        } catch (IOException e) {
            in.close();
            throw e;
        }
        return new BoundedStream(in, end - start);
    }

    @Override
    public void discard() {
        // The mail that this is a part of owns what is behind it.
    }
}
