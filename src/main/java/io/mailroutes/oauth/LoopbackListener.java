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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits on 127.0.0.1 for the browser to bring the answer (RFC 8252 section 7.3): one GET, on one path, with the right
 * {@code Host}. Anything else is answered with an error and not listened to. The browser is sent on at once to an address
 * without the code, which shows, once, how the login ended; then the port is free.
 */
public final class LoopbackListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackListener.class);
    /** The JDK's server writes down request lines at FINE, and ours has the code in it. Held, or the level is forgotten. */
    private static final java.util.logging.Logger REQUEST_LINES =
            java.util.logging.Logger.getLogger("com.sun.net.httpserver");

    private static final int BACKLOG = 10;
    private static final String OUTCOME = "/mailroutes-login";
    /** For the token request and the login to the mailbox, at their slowest. */
    private static final int OUTCOME_SECONDS = 90;
    /** A browser that was sent on comes at once, or never. */
    private static final int FETCH_SECONDS = 3;

    private final HttpServer server;
    private final URI redirectUri;
    private final ExecutorService threads = Executors.newCachedThreadPool(LoopbackListener::daemon);
    private final CompletableFuture<String> arrived = new CompletableFuture<>();
    private final CompletableFuture<CallbackPage> outcome = new CompletableFuture<>();
    private final CountDownLatch shown = new CountDownLatch(1);

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
        REQUEST_LINES.setLevel(Level.OFF);
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
     * Waits for the answer to this request. How the login ended is to be told by {@link #succeeded} or {@link #failed}.
     *
     * @return empty when nobody came in time
     * @throws PermanentOAuthException when what came is no consent
     */
    public Optional<Grant.AuthorizationCode> await(AuthorizationRequest request, Duration limit)
            throws InterruptedException {
        try {
            String query = arrived.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.of(request.accept(RedirectAnswer.of(query)));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes it but an answer", e);
        }
    }

    /** Tells the browser that all is well. */
    public void succeeded(String text) {
        outcome.complete(new CallbackPage(
                200, "Logged in", text, "Next, in the terminal: mailroutes run. You can close this page."));
    }

    /** Tells the browser why not. */
    public void failed(String text) {
        outcome.complete(new CallbackPage(
                400, "Not logged in", text, "The terminal says the same: begin anew there. You can close this page."));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = path(exchange.getRequestURI());
            Optional<CallbackPage> objection = objection(exchange, path);
            if (objection.isPresent()) {
                objection.get().answer(exchange);
            } else if (path.equals(OUTCOME) && !path(redirectUri).equals(OUTCOME)) {
                showOutcome(exchange);
            } else if (arrived.complete(
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""))) {
                CallbackPage.redirect(exchange, OUTCOME);
            } else {
                refusal(410, "Too late", "This login has had its answer, and takes no second one.")
                        .answer(exchange);
            }
        }
    }

    private void showOutcome(HttpExchange exchange) throws IOException {
        try {
            outcome.get(OUTCOME_SECONDS, TimeUnit.SECONDS).answer(exchange);
        } catch (TimeoutException | ExecutionException e) {
            refusal(504, "Not finished", "The login is still going on.").answer(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            shown.countDown();
        }
    }

    private Optional<CallbackPage> objection(HttpExchange exchange, String path) {
        if (!redirectUri.getRawAuthority().equals(exchange.getRequestHeaders().getFirst("Host"))) {
            return Optional.of(refusal(421, "Wrong host", "This address is not what is waited for."));
        }
        boolean expected = path.equals(path(redirectUri)) || path.equals(OUTCOME) && arrived.isDone();
        if (!expected) {
            return Optional.of(refusal(404, "Not here", "This address is not what is waited for."));
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().set("Allow", "GET");
            return Optional.of(refusal(405, "Not so", "Only GET is answered here."));
        }
        return Optional.empty();
    }

    private static CallbackPage refusal(int status, String title, String text) {
        return new CallbackPage(status, title, text, "See the terminal.");
    }

    private static String path(URI uri) {
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        return path.isEmpty() ? "/" : path;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "mailroutes-login");
        thread.setDaemon(true);
        return thread;
    }

    /** Frees the port, as soon as a browser that was sent on has its page. */
    @Override
    public void close() {
        failed("The login was broken off.");
        try {
            if (arrived.isDone() && !shown.await(FETCH_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("The browser did not come for its page");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
    }
}
