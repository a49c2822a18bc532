package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.store.StoreException;
import jakarta.mail.Address;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
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
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SINK         | 421 | 421 4.4.2 closing
            SINK         | 530 | 530 5.7.57 Client not authenticated to send mail
            SINK         | 535 | 535 5.7.8 no
            SINK         | 550 | 550 5.4.5 Daily user sending limit exceeded
            SINK         | 554 | 554 5.2.0 STOREDRV; SubmissionQuotaExceededException
            SINK         | 550 | 550 5.7.30 Basic authentication is not supported
            SINK_OR_MAIL | 450 | 450 4.2.1 greylisted
            SINK_OR_MAIL | 452 | 452 4.2.2 full
            SINK_OR_MAIL | 451 | 451 4.3.0 try again
            SINK_OR_MAIL | 550 | 550 5.7.60 SMTP; Client does not have permissions to send as this sender
            SINK_OR_MAIL | 554 | 554 5.2.252 SendAsDenied
            SINK_OR_MAIL | -1  | [EOF]
            MAIL         | 550 | 550 5.1.1 no such user
            MAIL         | 552 | 552 5.3.4 too large
            MAIL         | 553 | 553 5.1.3 bad address
            MAIL         | 554 | 554 5.7.1 refused as spam
            """)
    void whatAnSmtpServerSaysOfAMail(SinkFailure.Kind kind, int code, String text) throws Exception {
        InternetAddress ann = new InternetAddress("ann@example.com");
        Address[] none = {};
        SMTPAddressFailedException recipient =
                new SMTPAddressFailedException(ann, "RCPT TO:<ann@example.com>", code, text);
        assertThat(SinkFailure.kind(new SMTPSendFailedException("DATA", code, text, null, none, none, none)))
                .isEqualTo(kind);
        assertThat(SinkFailure.kind(new SMTPSenderFailedException(ann, "MAIL FROM:<a@b>", code, text)))
                .isEqualTo(kind);
        assertThat(SinkFailure.kind(new RuntimeException(new SendFailedException("Invalid Addresses", recipient))))
                .isEqualTo(kind);
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
