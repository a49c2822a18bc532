package io.mailroutes.camel.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A {@link Body} as the HTTP client takes it: of known length, read anew for each try. */
final class SentBody extends AbstractHttpEntity {
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
        try (InputStream in = getContent()) {
            in.transferTo(out);
        }
    }

    /** Every reader has closed its own stream. */
    @Override
    public void close() {}
}
