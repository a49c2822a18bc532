package io.mailroutes.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What {@link FakeAuthorizationServer} says instead of, or before, its own answer. */
public sealed interface FakeAnswer {
    /** Whether the request is handled as usual after {@link #play}. */
    default boolean thenAsUsual() {
        return false;
    }

    /** Plays the answer; {@code closed} opens when the server is closed, so that no answer outlives it. */
    void play(HttpExchange exchange, CountDownLatch closed) throws IOException, InterruptedException;

    /** A JSON answer with this status and body. */
    static FakeAnswer json(int status, String body) {
        return new Fixed(status, "application/json", body, Map.of());
    }

    /** A JSON answer with {@code Retry-After}. */
    static FakeAnswer retryAfter(int status, String value) {
        return new Fixed(
                status, "application/json", "{\"error\":\"temporarily_unavailable\"}", Map.of("Retry-After", value));
    }

    /** An answer of any kind. */
    static FakeAnswer of(int status, String contentType, String body, Map<String, String> headers) {
        return new Fixed(status, contentType, body, headers);
    }

    /** A page of HTML, as proxies and captive portals send it. */
    static FakeAnswer html(int status) {
        return new Fixed(status, "text/html; charset=utf-8", "<html><body>Please sign in</body></html>", Map.of());
    }

    /** A redirect that asks the client to repeat its request elsewhere (307 repeats the body too). */
    static FakeAnswer redirect(int status, URI location) {
        return new Fixed(status, "text/plain", "", Map.of("Location", location.toString()));
    }

    /** The usual answer, given when the latch opens. */
    static FakeAnswer held(CountDownLatch release) {
        return new Held(release);
    }

    /** No answer at all; the connection stays open. */
    static FakeAnswer silence() {
        return new Silence();
    }

    /** A JSON string of this many bytes. */
    static FakeAnswer huge(long bytes) {
        return new Huge(bytes);
    }

    /** An answer that never ends: one byte every 50 ms. */
    static FakeAnswer drip() {
        return new Drip();
    }

    /** The connection is closed without an answer. */
    static FakeAnswer hangUp() {
        return new HangUp();
    }

    /** The request is carried out, and the connection closed where the body of the answer would begin. */
    static FakeAnswer lost() {
        return new Lost();
    }

    /** See {@link #of}. */
    record Fixed(int status, String contentType, String body, Map<String, String> headers) implements FakeAnswer {
        @Override
        public void play(HttpExchange exchange, CountDownLatch closed) throws IOException {
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", contentType);
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    /** See {@link #held}. */
    record Held(CountDownLatch release) implements FakeAnswer {
        @Override
        public boolean thenAsUsual() {
            return true;
        }

        @Override
        public void play(HttpExchange exchange, CountDownLatch closed) throws InterruptedException {
            while (closed.getCount() > 0 && !release.await(50, TimeUnit.MILLISECONDS)) {
                Thread.onSpinWait();
            }
        }
    }

    /** See {@link #silence}. */
    record Silence() implements FakeAnswer {
        @Override
        public void play(HttpExchange exchange, CountDownLatch closed) throws InterruptedException {
            closed.await();
        }
    }

    /** See {@link #huge}. */
    record Huge(long bytes) implements FakeAnswer {
        @Override
        public void play(HttpExchange exchange, CountDownLatch closed) throws IOException {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            byte[] block = "x".repeat(64 * 1024).getBytes(UTF_8);
            OutputStream out = exchange.getResponseBody();
            out.write("{\"access_token\":\"".getBytes(UTF_8));
            for (long sent = 0; sent < bytes && closed.getCount() > 0; sent += block.length) {
                out.write(block);
            }
            out.write("\"}".getBytes(UTF_8));
        }
    }

    /** See {@link #drip}. */
    record Drip() implements FakeAnswer {
        @Override
        public void play(HttpExchange exchange, CountDownLatch closed) throws IOException, InterruptedException {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            do {
                out.write(' ');
                out.flush();
            } while (!closed.await(50, TimeUnit.MILLISECONDS));
        }
    }

    /** See {@link #hangUp}. */
    record HangUp() implements FakeAnswer {
        @Override
        public void play(HttpExchange exchange, CountDownLatch closed) {
            exchange.close();
        }
    }

    /** See {@link #lost}. */
    record Lost() implements FakeAnswer {
        @Override
        public boolean thenAsUsual() {
            return true;
        }

        @Override
        public void play(HttpExchange exchange, CountDownLatch closed) {
            exchange.setStreams(null, new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                    throw new IOException("the answer is lost on purpose");
                }
            });
        }
    }
}
