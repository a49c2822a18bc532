package io.mailroutes.camel.action;

import io.mailroutes.message.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an attachment as a body: decoded while they are read, never all in memory, and from the start again for
 * a step that is tried twice. A stream cache, so that Camel neither copies it nor hands it on half read.
 */
final class AttachmentStream extends InputStream implements StreamCache {
    private final Content content;
    private @Nullable InputStream in;
    private long position;

    AttachmentStream(Content content) {
        this.content = content;
    }

    private InputStream opened() throws IOException {
        InputStream open = in;
        if (open == null) {
            open = content.open();
            in = open;
        }
        return open;
    }

    @Override
    public int read() throws IOException {
        int read = opened().read();
        position += read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = opened().read(bytes, offset, length);
        position += Math.max(0, read);
        return read;
    }

    @Override
    public int available() throws IOException {
        return opened().available();
    }

    /** The next read begins at the start. */
    @Override
    public void close() throws IOException {
        InputStream open = in;
        in = null;
        position = 0;
        if (open != null) {
            open.close();
        }
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // a body is used by one thread at a time
    public void reset() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close an attachment", e);
        }
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream fresh = content.open()) {
            fresh.transferTo(out);
        }
    }

    @Override
    public StreamCache copy(Exchange exchange) {
        return new AttachmentStream(content);
    }

    @Override
    public boolean inMemory() {
        return false;
    }

    @Override
    public long length() {
        return content.size();
    }

    @Override
    public long position() {
        return position;
    }

    /** Only a name: bodies are logged. */
    @Override
    public String toString() {
        return "the bytes of an attachment";
    }
}
