package io.mailroutes.message;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A small mail, held in memory. The array is not copied and must not be changed by anyone. */
@SuppressWarnings("ArrayRecordComponent") // identity is never asked for; a copy of every mail would cost
public record MemoryContent(byte[] bytes) implements Content {
    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public void discard() {
        // Nothing but memory is behind it.
    }
}
