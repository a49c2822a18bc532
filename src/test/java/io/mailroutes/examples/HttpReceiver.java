package io.mailroutes.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server on loopback that takes or refuses as it is told, and keeps what it took. */
final class HttpReceiver implements AutoCloseable {
    /** A request that was answered with success. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Taken(String id, String key, String signature, byte[] body) {}

    private final HttpServer server;
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger toRefuse = new AtomicInteger();

    HttpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean takes = toRefuse.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (takes) {
                var headers = exchange.getRequestHeaders();
                taken.add(new Taken(
                        headers.getFirst("webhook-id"),
                        headers.getFirst("Idempotency-Key"),
                        headers.getFirst("webhook-signature"),
                        body));
            }
            exchange.sendResponseHeaders(takes ? 204 : 503, -1);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/mail";
    }

    /** Answers so many requests with 503. */
    void refuseNext(int requests) {
        toRefuse.set(requests);
    }

    List<Taken> taken() {
        return List.copyOf(taken);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
