package io.mailroutes.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server on loopback that answers as it is told and keeps what it took. */
final class HttpReceiver implements AutoCloseable {
    /** A request that was answered with success. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Taken(String id, String key, String signature, byte[] body) {}

    private final HttpServer server;
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private volatile int asked;

    HttpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // the server has one thread
    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked++;
            int answer = status;
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (answer < 300) {
                var headers = exchange.getRequestHeaders();
                taken.add(new Taken(
                        headers.getFirst("webhook-id"),
                        headers.getFirst("Idempotency-Key"),
                        headers.getFirst("webhook-signature"),
                        body));
            }
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/mail";
    }

    /** From now on. */
    void answer(int newStatus) {
        status = newStatus;
    }

    int asked() {
        return asked;
    }

    List<Taken> taken() {
        return List.copyOf(taken);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
