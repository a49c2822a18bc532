package io.mailroutes.camel.queue;

import io.mailroutes.message.Content;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The bytes of a mail, as they are read on their way to a broker; knows that a failure was ours and not the broker's. */
final class ProgressStream extends FilterInputStream {
    private static final int BUFFER = 64 * 1024;

    private final JmsDeadline deadline;
    private Optional<IOException> failure = Optional.empty();

    private ProgressStream(InputStream in, JmsDeadline deadline) {
        super(in);
        this.deadline = deadline;
    }

    static ProgressStream of(Content content, JmsDeadline deadline) throws IOException {
        return new ProgressStream(new BufferedInputStream(content.open(), BUFFER), deadline);
    }

    @Override
    public int read() throws IOException {
        deadline.progress();
        try {
            return super.read();
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        deadline.progress();
        try {
            return super.read(into, offset, length);
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    /** Says what the client has made another exception of. */
    void rethrowFailure() throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
