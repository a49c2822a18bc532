package io.mailroutes.testing;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** The discovery document of a {@link FakeAuthorizationServer}: the same at each address. */
final class FakeDiscovery {
    private final FakeAuthorizationServer server;
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final Queue<FakeAnswer> next = new ConcurrentLinkedQueue<>();
    private final Map<String, Object> members = new LinkedHashMap<>();

    FakeDiscovery(FakeAuthorizationServer server) {
        this.server = server;
    }

    void next(FakeAnswer answer) {
        next.add(answer);
    }

    void member(String name, Object value) {
        members.put(name, value);
    }

    List<String> paths() {
        return List.copyOf(paths);
    }

    void answer(String path, HttpExchange exchange, CountDownLatch closed) throws IOException, InterruptedException {
        paths.add(path);
        FakeAnswer scripted = next.poll();
        if (scripted != null) {
            scripted.play(exchange, closed);
        }
        if (scripted == null || scripted.thenAsUsual()) {
            document().play(exchange, closed);
        }
    }

    /** RFC 8414 section 2. */
    private FakeAnswer document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", server.issuer().toString());
        document.put("token_endpoint", server.tokenEndpoint().toString());
        document.put("authorization_endpoint", server.authorizationEndpoint().toString());
        document.put("introspection_endpoint", server.introspectionEndpoint().toString());
        document.put("revocation_endpoint", server.revocationEndpoint().toString());
        document.put("token_endpoint_auth_methods_supported", List.of("client_secret_basic", "client_secret_post"));
        document.putAll(members);
        return FakeAnswer.json(200, Wire.json(document));
    }
}
