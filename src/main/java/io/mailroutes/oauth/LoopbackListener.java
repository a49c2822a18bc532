package io.mailroutes.oauth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits on 127.0.0.1 for the browser to bring the answer (RFC 8252 section 7.3): one GET, on one path, with the right
 * {@code Host}. Anything else is answered with an error and not listened to; the first answer ends the listening.
 */
public final class LoopbackListener implements AutoCloseable {
    private static final int BACKLOG = 10;

    private final HttpServer server;
    private final URI redirectUri;
    private final ExecutorService threads = Executors.newCachedThreadPool(LoopbackListener::daemon);
    private final CompletableFuture<HttpExchange> arrived = new CompletableFuture<>();

    private LoopbackListener(HttpServer server, URI redirectUri) {
        this.server = server;
        this.redirectUri = redirectUri;
    }

    /**
     * Listens at once.
     *
     * @param pattern the redirect URI; when it has no port, {@code port} is put in
     * @param port 0 for any free one
     * @throws IOException when the port is taken
     */
    public static LoopbackListener open(URI pattern, int port) throws IOException {
        int wanted = pattern.getPort() >= 0 ? pattern.getPort() : port;
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), wanted), BACKLOG);
        LoopbackListener listener = new LoopbackListener(
                server, withPort(pattern, server.getAddress().getPort()));
        server.setExecutor(listener.threads);
        server.createContext("/", listener::serve);
        server.start();
        return listener;
    }

    /** The pattern with a port, when it has none. */
    public static URI withPort(URI pattern, int port) {
        return pattern.getPort() >= 0
                ? pattern
                : URI.create(pattern.getScheme() + "://" + pattern.getRawAuthority() + ":" + port
                        + Optional.ofNullable(pattern.getRawPath()).orElse("")
                        + (pattern.getRawQuery() == null ? "" : "?" + pattern.getRawQuery()));
    }

    /** What the authorization request is to name. */
    public URI redirectUri() {
        return redirectUri;
    }

    /**
     * Waits for the answer to this request and tells the browser how it ended.
     *
     * @return empty when nobody came in time
     * @throws PermanentOAuthException when what came is no consent
     */
    public Optional<Grant.AuthorizationCode> await(AuthorizationRequest request, Duration limit)
            throws InterruptedException {
        try {
            return Optional.of(settle(request, arrived.get(limit.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes it but an answer", e);
        }
    }

    private static Grant.AuthorizationCode settle(AuthorizationRequest request, HttpExchange exchange) {
        try {
            Grant.AuthorizationCode grant =
                    request.accept(RedirectAnswer.of(exchange.getRequestURI().getRawQuery()));
            show(
                    exchange,
                    new CallbackPage(
                            200,
                            "Consent received",
                            "Go back to the terminal: Mailroutes now fetches the token and tries the mailbox. You can"
                                    + " close this page."));
            return grant;
        } catch (PermanentOAuthException e) {
            show(exchange, new CallbackPage(400, "No login", String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        Optional<CallbackPage> objection = objection(exchange);
        if (objection.isPresent()) {
            try (exchange) {
                objection.get().answer(exchange);
            }
        } else if (!arrived.complete(exchange)) {
            try (exchange) {
                new CallbackPage(410, "Too late", "This login has had its answer. See the terminal.").answer(exchange);
            }
        }
    }

    private Optional<CallbackPage> objection(HttpExchange exchange) {
        if (!redirectUri.getRawAuthority().equals(exchange.getRequestHeaders().getFirst("Host"))) {
            return Optional.of(new CallbackPage(421, "Wrong host", "This address is not what is waited for."));
        }
        if (!path(redirectUri).equals(path(exchange.getRequestURI()))) {
            return Optional.of(new CallbackPage(404, "Not here", "This address is not what is waited for."));
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().set("Allow", "GET");
            return Optional.of(new CallbackPage(405, "Not so", "Only GET is answered here."));
        }
        return Optional.empty();
    }

    private static String path(URI uri) {
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        return path.isEmpty() ? "/" : path;
    }

    /** The browser may have gone; the login goes on without it. */
    private static void show(HttpExchange exchange, CallbackPage page) {
        try (exchange) {
            page.answer(exchange);
        } catch (IOException browserGone) {
            return;
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "mailroutes-login");
        thread.setDaemon(true);
        return thread;
    }

    /** Frees the port. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
