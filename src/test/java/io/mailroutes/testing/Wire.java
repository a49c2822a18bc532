package io.mailroutes.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@link FakeAuthorizationServer} reads from a request and writes into an answer. */
final class Wire {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Wire() {}

    static String json(Map<String, ?> document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the answer", e);
        }
    }

    static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    }

    static Map<String, String> form(String text) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : List.of(text.split("&", -1))) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    static String decode(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    /** By GET with {@code ?token=}, by POST form, or as the bearer token itself: Dovecot's three modes. */
    static String presentedToken(HttpExchange exchange) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>(
                form(Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("")));
        parameters.putAll(form(body(exchange)));
        Optional<String> bearer = header(exchange, "Authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).trim());
        return Optional.ofNullable(parameters.get("token")).or(() -> bearer).orElse("");
    }

    /** Id and secret as sent: form-encoded each (RFC 6749 section 2.3.1). */
    static Optional<String[]> basic(Optional<String> authorization) {
        return authorization
                .filter(value -> value.startsWith("Basic "))
                .map(value -> new String(Base64.getDecoder().decode(value.substring(6)), UTF_8).split(":", 2));
    }

    static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "fake-authorization-server");
        thread.setDaemon(true);
        return thread;
    }
}
