package io.mailroutes.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web service on loopback that takes mail, or does not. Keeps its port while it is down. */
final class HttpSink implements AutoCloseable {
    /** What the sink answers; it may take its time. */
    @FunctionalInterface
    interface Answer {
        int status(Request request) throws InterruptedException;
    }

    /** One request as it came. */
    record Request(String method, URI uri, Headers headers, String body) {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Request> taken = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Answer answer = request -> 200;
    private int port;
    private Optional<HttpServer> server = Optional.empty();

    HttpSink() {
        start();
    }

    HttpSink start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            started.setExecutor(threads);
            started.createContext("/", this::serve);
            started.start();
            port = started.getAddress().getPort();
            server = Optional.of(started);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on connections are refused. */
    HttpSink stop() {
        server.ifPresent(running -> running.stop(0));
        server = Optional.empty();
        return this;
    }

    HttpSink answer(Answer next) {
        answer = next;
        return this;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/in");
    }

    /** All requests, oldest first. */
    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The bodies that were answered with 200, oldest first. */
    List<String> taken() {
        return taken.stream().map(Request::body).toList();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
            requests.add(request);
            int status = answer.status(request);
            if (status == 200) {
                taken.add(request);
            }
            exchange.sendResponseHeaders(status, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }
}
