package io.mailroutes.camel.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** A receiver of webhooks on loopback: answers as it is told, 204 when it is told nothing, and keeps what it got. */
final class Receiver implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final String scheme;
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private volatile Function<Got, Optional<Told>> always = request -> Optional.empty();

    /** A request. Names of headers are in lower case. */
    record Got(String method, String target, Map<String, List<String>> headers, byte[] body) {
        String header(String name) {
            return String.join("|", headers.getOrDefault(name, List.of()));
        }

        String id() {
            return header("webhook-id");
        }
    }

    /** An answer. */
    record Told(int status, Map<String, String> headers) {}

    /** Does the answering itself. */
    private Receiver(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    static Receiver http() throws IOException {
        return http(0);
    }

    static Receiver http(int port) throws IOException {
        return new Receiver(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0), "http");
    }

    static Receiver https(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new Receiver(server, "https");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, List<String>> headers = new LinkedHashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
            Got request = new Got(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers,
                    exchange.getRequestBody().readAllBytes());
            Told next = told.poll();
            Told answer = next != null ? next : always.apply(request).orElse(new Told(204, Map.of()));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            got.add(request);
            exchange.sendResponseHeaders(answer.status(), answer.status() == 204 ? -1 : 5);
            if (answer.status() != 204) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write("words".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                }
            }
        }
    }

    Receiver then(int... statuses) {
        for (int status : statuses) {
            told.add(new Told(status, Map.of()));
        }
        return this;
    }

    Receiver then(int status, String header, String value) {
        told.add(new Told(status, Map.of(header, value)));
        return this;
    }

    /** What is answered when nothing is told for this time; empty means 204. */
    Receiver always(Function<Got, Optional<Told>> answer) {
        this.always = answer;
        return this;
    }

    List<Got> got() {
        return List.copyOf(got);
    }

    List<String> ids() {
        return got.stream().map(Got::id).toList();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String target) {
        return scheme + "://localhost:" + port() + target;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
