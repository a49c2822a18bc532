package io.mailroutes.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mailroutes.account.OAuthBehaviour.Rotation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small authorization server on loopback HTTP that remembers what it issued: client credentials (RFC 6749 section
 * 4.4) and refresh tokens (section 6), revocation (RFC 7009), introspection (RFC 7662) and discovery. It counts
 * requests, keeps them, and can be told what to answer next.
 */
public final class FakeAuthorizationServer implements AutoCloseable {
    /** What a request was for. */
    public enum Kind {
        CLIENT_CREDENTIALS,
        REFRESH_TOKEN,
        AUTHORIZATION_CODE,
        DEVICE_CODE,
        OTHER_GRANT,
        DISCOVERY,
        INTROSPECTION,
        REVOCATION,
        USERINFO,
        ELSEWHERE
    }

    /** One request at the token endpoint, as it came. */
    public record TokenRequest(Kind kind, Map<String, String> form, Optional<String> authorization, String userAgent) {}

    private final FakeGrants grants;
    private final FakeConsent consent;
    private final FakeDevice device;
    private final FakeAssertions assertions;
    private final FakeDiscovery discovery = new FakeDiscovery(this);
    private final FakeOtherEndpoints others;
    private final HttpServer server;
    private final DatedFront front;
    private final ExecutorService threads = Executors.newCachedThreadPool(Wire::daemon);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<Kind, AtomicInteger> counts = new EnumMap<>(Kind.class);
    private final List<TokenRequest> requests = new CopyOnWriteArrayList<>();
    private final Queue<FakeAnswer> nextTokenAnswers = new ConcurrentLinkedQueue<>();

    /** Starts at once, on a free port of the loopback address. */
    public FakeAuthorizationServer(Clock clock) {
        grants = new FakeGrants(clock);
        consent = new FakeConsent(grants);
        device = new FakeDevice(consent);
        assertions = new FakeAssertions(clock, this::issuer);
        others = new FakeOtherEndpoints(grants, consent, device, assertions);
        List.of(Kind.values()).forEach(kind -> counts.put(kind, new AtomicInteger()));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
        front = new DatedFront(server.getAddress(), clock);
    }

    /** What it remembers. */
    public FakeGrants grants() {
        return grants;
    }

    /** A confidential client; tokens it gets belong to {@code user}. */
    public FakeAuthorizationServer client(String id, String secret, String user) {
        grants.add(new FakeGrants.Client(id, Optional.of(secret), user));
        return this;
    }

    /** A client without a secret; sending one is an error. */
    public FakeAuthorizationServer publicClient(String id, String user) {
        grants.add(new FakeGrants.Client(id, Optional.empty(), user));
        return this;
    }

    /** The person who is asked at {@link #authorizationEndpoint}. */
    public FakeConsent consent() {
        return consent;
    }

    /** The person who types a code elsewhere. */
    public FakeDevice device() {
        return device;
    }

    /** Whose signatures it accepts, in place of secrets and as grants. */
    public FakeAssertions assertions() {
        return assertions;
    }

    /** The life of access tokens issued from now on; 1 h at first. */
    public FakeAuthorizationServer tokenLife(Duration life) {
        grants.life(life);
        return this;
    }

    /** From now on its answers tell a time ({@code Date}) so far ahead of the clock's; negative is behind. */
    public FakeAuthorizationServer clockAhead(Duration skew) {
        front.ahead(skew);
        return this;
    }

    /** What a refresh does to the refresh token; at first there is a new one, and a replay revokes. */
    public FakeAuthorizationServer rotation(Rotation kind) {
        grants.rotation(kind);
        return this;
    }

    /** A refresh token as a consent would have given it. */
    public String newRefreshToken(String clientId) {
        return grants.newRefreshToken(clientId);
    }

    /** Kills an access token, or a refresh token and all that came from it. */
    public void revoke(String token) {
        grants.revoke(token);
    }

    /** Kills everything issued so far. */
    public void revokeAll() {
        grants.revokeAll();
    }

    /** Whether the access token is known, not expired and not revoked. */
    public boolean isLive(String accessToken) {
        return grants.live(accessToken).isPresent();
    }

    /** All access tokens issued, oldest first. */
    public List<String> tokensIssued() {
        return grants.issued();
    }

    /** How often a spent refresh token was presented. */
    public int refreshTokenReuses() {
        return grants.reuses();
    }

    /** Queues the answer to one of the next token requests; several are used in order. */
    public FakeAuthorizationServer nextToken(FakeAnswer answer) {
        nextTokenAnswers.add(answer);
        return this;
    }

    /** Queues the answer to one of the next discovery requests. */
    public FakeAuthorizationServer nextDiscovery(FakeAnswer answer) {
        discovery.next(answer);
        return this;
    }

    /** Replaces one member of the discovery document. */
    public FakeAuthorizationServer discovery(String member, Object value) {
        discovery.member(member, value);
        return this;
    }

    public int requests(Kind kind) {
        return counts.get(kind).get();
    }

    /** How many requests came to the token endpoint, whatever the grant. */
    public int tokenRequests() {
        return requests.size();
    }

    /** The requests at the token endpoint, oldest first. */
    public List<TokenRequest> tokenRequestLog() {
        return List.copyOf(requests);
    }

    /** The forms sent to the device and revocation endpoints, oldest first. */
    public List<Map<String, String>> formsElsewhere() {
        return others.forms();
    }

    /** The paths asked for discovery, oldest first. */
    public List<String> discoveryPaths() {
        return discovery.paths();
    }

    public URI issuer() {
        return URI.create("http://127.0.0.1:" + front.port());
    }

    public URI tokenEndpoint() {
        return issuer().resolve("/token");
    }

    public URI authorizationEndpoint() {
        return issuer().resolve("/authorize");
    }

    public URI deviceEndpoint() {
        return issuer().resolve("/device");
    }

    public URI userinfoEndpoint() {
        return issuer().resolve("/userinfo");
    }

    public URI introspectionEndpoint() {
        return issuer().resolve("/introspect");
    }

    public URI revocationEndpoint() {
        return issuer().resolve("/revoke");
    }

    @Override
    public void close() {
        closed.countDown();
        front.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            switch (path) {
                case "/token" -> token(exchange);
                case "/introspect" -> play(Kind.INTROSPECTION, others.introspect(exchange), exchange);
                case "/revoke" -> play(Kind.REVOCATION, others.revoke(exchange), exchange);
                case "/device" -> others.device(exchange).play(exchange, closed);
                case "/userinfo" -> play(Kind.USERINFO, others.userinfo(exchange), exchange);
                case "/authorize" -> consent.authorize(exchange).play(exchange, closed);
                default -> other(path, exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void play(Kind kind, FakeAnswer answer, HttpExchange exchange) throws IOException, InterruptedException {
        counts.get(kind).incrementAndGet();
        answer.play(exchange, closed);
    }

    private void token(HttpExchange exchange) throws IOException, InterruptedException {
        Map<String, String> form = Wire.form(Wire.body(exchange));
        Kind kind = FakeTokenEndpoint.kind(form.getOrDefault("grant_type", ""));
        counts.get(kind).incrementAndGet();
        Optional<String> authorization = Wire.header(exchange, "Authorization");
        String agent = Wire.header(exchange, "User-Agent").orElse("");
        requests.add(new TokenRequest(kind, form, authorization, agent));
        if (!scripted(nextTokenAnswers, exchange)) {
            new FakeTokenEndpoint(grants, consent, device, assertions)
                    .answer(kind, form, authorization)
                    .play(exchange, closed);
        }
    }

    private boolean scripted(Queue<FakeAnswer> queue, HttpExchange exchange) throws IOException, InterruptedException {
        FakeAnswer answer = queue.poll();
        if (answer != null) {
            answer.play(exchange, closed);
        }
        return answer != null && !answer.thenAsUsual();
    }

    /** Discovery answers at any address, for issuers with a path; a test scripts a 404 for the ones it wants absent. */
    private void other(String path, HttpExchange exchange) throws IOException, InterruptedException {
        if (path.contains("/.well-known/")) {
            counts.get(Kind.DISCOVERY).incrementAndGet();
            discovery.answer(path, exchange, closed);
            return;
        }
        counts.get(Kind.ELSEWHERE).incrementAndGet();
        FakeAnswer.of(404, "text/plain", "not here", Map.of()).play(exchange, closed);
    }
}
