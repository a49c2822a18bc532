package io.mailroutes.camel.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A {@link Body} as the HTTP client takes it: of known length, read anew for each try. */
final class SentBody extends AbstractHttpEntity {
    /** Between two of them it is looked whether the receiver has refused already. */
    private static final int CHUNK = 1 << 16;

    private final Body body;

    SentBody(Body body) {
        super(body.contentType(), null, false);
        this.body = body;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public long getContentLength() {
        return body.content().size();
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public InputStream getContent() throws IOException {
        return body.content().open();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = getContent()) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                out.write(chunk, 0, read);
            }
        }
    }

    /** Every reader has closed its own stream. */
    @Override
    public void close() {}
}
