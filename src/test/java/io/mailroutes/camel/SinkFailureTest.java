package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.store.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinkFailureTest {
    static Stream<Throwable> ofTheSink() {
        return Stream.of(
                new ConnectException("refused"),
                new SocketTimeoutException("read"),
                new UnknownHostException("sink"),
                new SSLHandshakeException("expired"),
                new InterruptedIOException("lease"),
                new InterruptedException("the route is being stopped"),
                new TimeoutException("late"),
                new RejectedExecutionException("stopping"),
                new ConnectionClosedException("early"),
                new AccessDeniedException("/out"),
                new FileSystemException("/out", null, "No space left on device"),
                new IOException("Read-only file system"),
                StoreException.of("write", new IOException("No space left on device")),
                queueFull(),
                new RuntimeException(new IllegalStateException(new ConnectException("deep"))));
    }

    static Stream<Throwable> ofTheMail() {
        return Stream.of(
                new IllegalArgumentException("no number"),
                new IllegalStateException("queue empty"),
                new NullPointerException(),
                new StackOverflowError(),
                new NoSuchFileException("/out"),
                new IOException("bad base64"),
                new IOException((String) null),
                new CamelExecutionException("x", new DefaultExchange(new DefaultCamelContext())));
    }

    @ParameterizedTest
    @MethodSource("ofTheSink")
    void speaksOfTheSink(Throwable failure) {
        assertThat(SinkFailure.isSinkDown(failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("ofTheMail")
    void maySpeakOfTheMail(Throwable failure) {
        assertThat(SinkFailure.isSinkDown(failure)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 401, 407, 408, 425, 429, 500, 502, 503, 504, 507, 599})
    void aStatusThatSpeaksOfTheSink(int status) {
        assertThat(SinkFailure.isSinkDown(http(status))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 409, 410, 413, 415, 422, 431, 451})
    void aStatusThatMaySpeakOfTheMail(int status) {
        assertThat(SinkFailure.isSinkDown(http(status))).isFalse();
    }

    @Test
    void aCauseThatIsItsOwnCauseEnds() {
        Exception first = new Exception("a");
        Exception second = new Exception("b", first);
        first.initCause(second);
        assertThat(SinkFailure.isSinkDown(second)).isFalse();
    }

    private static Throwable http(int status) {
        return new RuntimeException(
                new HttpOperationFailedException("http://sink", status, "status", null, Map.of(), "body"));
    }

    /** As {@code seda:} does it. */
    private static Throwable queueFull() {
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>(1);
        queue.add("a");
        try {
            queue.add("b");
            throw new AssertionError("it has room for one");
        } catch (IllegalStateException full) {
            return full;
        }
    }
}
