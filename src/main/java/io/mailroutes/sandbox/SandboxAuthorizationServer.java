package io.mailroutes.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A small, strict authorization server on a free loopback port: discovery (OpenID Connect Discovery section 4, RFC 8414)
 * a consent form with codes (RFC 6749 section 4.1), userinfo, and a token endpoint for codes, client credentials and
 * refresh tokens, which rotate. Tokens are random and mean nothing to anybody but {@link #userOf}.
 */
public final class SandboxAuthorizationServer implements AutoCloseable {
    /** How long an access token lives unless the constructor says otherwise. */
    public static final Duration DEFAULT_LIFE = Duration.ofSeconds(60);

    private static final int MAXIMUM_BODY = 16 * 1024;
    private static final String BEARER = "Bearer ";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final ObjectMapper json = new ObjectMapper();
    private final SandboxTokens tokens;
    private final Map<String, SandboxClient> clients = new ConcurrentHashMap<>();
    private final TokenEndpoint tokenEndpoint;
    private final HttpServer server;

    /** Listens at once. */
    public SandboxAuthorizationServer(Clock clock) {
        this(clock, DEFAULT_LIFE);
    }

    /** Listens at once. @param life of each access token; whole seconds */
    public SandboxAuthorizationServer(Clock clock, Duration life) {
        tokens = new SandboxTokens(clock, life);
        ConsentEndpoint consents = new ConsentEndpoint(this::issuer, clients, tokens);
        tokenEndpoint = new TokenEndpoint(tokens, clients, consents);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox cannot listen on a loopback port", e);
        }
        server.createContext("/token", this::token);
        server.createContext("/authorize", consents::serve);
        server.createContext("/userinfo", this::userinfo);
        server.createContext("/.well-known/openid-configuration", this::discovery);
        server.createContext("/.well-known/oauth-authorization-server", this::discovery);
        server.start();
    }

    public void register(SandboxClient client) {
        clients.put(client.id(), client);
    }

    /** A refresh token as a consent would have given it to this client. */
    public String newRefreshToken(SandboxClient client) {
        return tokens.newRefreshToken(client);
    }

    /** Whose mailbox the token opens; empty unless the token is live. */
    public Optional<String> userOf(String accessToken) {
        return tokens.userOf(accessToken);
    }

    /** What discovery starts from: {@code http://127.0.0.1:PORT}. */
    public URI issuer() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Where tokens are asked for. */
    public URI endpoint() {
        return issuer().resolve("/token");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void discovery(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().set("Allow", "GET");
            send(exchange, 405, Map.of());
            return;
        }
        send(
                exchange,
                200,
                Map.ofEntries(
                        entry("issuer", issuer().toString()),
                        entry("token_endpoint", endpoint().toString()),
                        entry(
                                "authorization_endpoint",
                                issuer().resolve("/authorize").toString()),
                        entry("userinfo_endpoint", issuer().resolve("/userinfo").toString()),
                        entry("jwks_uri", issuer().resolve("/jwks").toString()),
                        entry("response_types_supported", List.of("code")),
                        entry("subject_types_supported", List.of("public")),
                        entry("id_token_signing_alg_values_supported", List.of("RS256")),
                        entry(
                                "grant_types_supported",
                                List.of("client_credentials", "refresh_token", "authorization_code")),
                        entry("code_challenge_methods_supported", List.of("S256")),
                        entry("authorization_response_iss_parameter_supported", true),
                        entry(
                                "token_endpoint_auth_methods_supported",
                                List.of("client_secret_basic", "client_secret_post", "none"))));
    }

    /** Whose token it is (OpenID Connect Core section 5.3). */
    private void userinfo(HttpExchange exchange) throws IOException {
        Optional<String> user = header(exchange, "Authorization")
                .filter(value -> value.startsWith(BEARER))
                .flatMap(value -> userOf(value.substring(BEARER.length())));
        if (user.isEmpty()) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        }
        send(
                exchange,
                user.isPresent() ? 200 : 401,
                user.<Map<String, Object>>map(address -> Map.of("sub", address, "email", address))
                        .orElse(Map.of("error", "invalid_token")));
    }

    private void token(HttpExchange exchange) throws IOException {
        TokenAnswer answer = answer(exchange);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (answer.status() == 401) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"sandbox\"");
        }
        if (answer.status() == 405) {
            exchange.getResponseHeaders().set("Allow", "POST");
        }
        send(exchange, answer.status(), answer.body());
    }

    private TokenAnswer answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            return new TokenAnswer(405, Map.of("error", "invalid_request", "error_description", "POST only"));
        }
        String type = header(exchange, "Content-Type").orElse("");
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase(FORM)) {
            return TokenAnswer.refused("invalid_request", "the content type is not " + FORM);
        }
        if (exchange.getRequestURI().getRawQuery() != null) {
            return TokenAnswer.refused("invalid_request", "parameters belong into the body");
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAXIMUM_BODY + 1);
        if (body.length > MAXIMUM_BODY) {
            return new TokenAnswer(413, Map.of("error", "invalid_request", "error_description", "more than 16 KiB"));
        }
        return tokenEndpoint.answer(new String(body, UTF_8), header(exchange, "Authorization"));
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    private void send(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
