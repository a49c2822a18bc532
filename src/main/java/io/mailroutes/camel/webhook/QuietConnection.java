package io.mailroutes.camel.webhook;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriterFactory;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection that logs nothing, at no level: requests carry credentials. For the same reason it alone knows the path
 * and the query of the webhook, which camel-http and the HTTP client would log: they see {@code /}.
 */
final class QuietConnection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {
    /** Heads of answers are small; a line without an end must not fill the memory. */
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(16 * 1024)
            .setMaxHeaderCount(200)
            .setMaxEmptyLineCount(10)
            .build();

    private final String requestTarget;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Timeout socketTimeout = Timeout.ZERO_MILLISECONDS;

    QuietConnection(String requestTarget) {
        super(
                LIMITS,
                null,
                null,
                null,
                null,
                // A receiver that refuses a large body does not wait for its end.
                MonitoringResponseOutOfOrderStrategy.INSTANCE,
                DefaultHttpRequestWriterFactory.INSTANCE,
                new DefaultHttpResponseParserFactory(LIMITS));
        this.requestTarget = requestTarget;
    }

    @Override
    public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
        super.sendRequestHeader("POST".equals(request.getMethod()) ? withTarget(request) : request);
    }

    private ClassicHttpRequest withTarget(ClassicHttpRequest request) {
        BasicClassicHttpRequest whole = new BasicClassicHttpRequest(request.getMethod(), requestTarget);
        whole.setScheme(request.getScheme());
        whole.setAuthority(request.getAuthority());
        whole.setVersion(request.getVersion());
        whole.setHeaders(request.getHeaders());
        return whole;
    }

    @Override
    public @Nullable Socket getSocket() {
        SocketHolder holder = getSocketHolder();
        return holder == null ? null : holder.getSocket();
    }

    /** A connection that was closed while it was being made must not come to life. */
    @Override
    protected void bind(SocketHolder holder) throws IOException {
        if (closed.get()) {
            holder.getSocket().close();
            throw new InterruptedIOException("closed while connecting");
        }
        super.bind(holder);
        socketTimeout = getSocketTimeout();
    }

    @Override
    public void close(CloseMode mode) {
        closed.set(true);
        super.close(mode);
    }

    @Override
    public void close() throws IOException {
        closed.set(true);
        super.close();
    }

    @Override
    public void setSocketTimeout(Timeout timeout) {
        super.setSocketTimeout(timeout);
        socketTimeout = timeout;
    }

    /** Nothing waits for an answer while a connection is in the pool. */
    @Override
    public void passivate() {
        super.setSocketTimeout(Timeout.ZERO_MILLISECONDS);
    }

    @Override
    public void activate() {
        super.setSocketTimeout(socketTimeout);
    }
}
