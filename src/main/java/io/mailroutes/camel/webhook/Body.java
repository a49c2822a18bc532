package io.mailroutes.camel.webhook;

import io.mailroutes.message.Content;

/**
 * What is sent, as often as it takes: the bytes that are signed are the bytes that go.
 *
 * @param content in memory or in a file
 * @param ours whether it was made for this and goes with it; the raw mail does not
 */
record Body(String contentType, Content content, boolean ours) implements AutoCloseable {
    @Override
    public void close() {
        if (ours) {
            content.discard();
        }
    }
}
