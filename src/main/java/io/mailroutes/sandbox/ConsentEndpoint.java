package io.mailroutes.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.mailroutes.account.Loopback;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The authorization endpoint: a form on which somebody plays the person who consents (RFC 6749 section 4.1), with PKCE
 * required (RFC 7636) and the issuer in the answer (RFC 9207).
 */
final class ConsentEndpoint {
    private static final int MAXIMUM_BODY = 16 * 1024;

    /** A question that is on a form. */
    private record Question(String clientId, URI redirectUri, String state, String challenge, String scope) {}

    /** What a code stands for. */
    private record Consent(Question question, String user) {}

    private final Supplier<URI> issuer;
    private final Map<String, SandboxClient> clients;
    private final SandboxTokens tokens;
    private final Map<String, Question> questions = new ConcurrentHashMap<>();
    private final Map<String, Consent> codes = new ConcurrentHashMap<>();

    ConsentEndpoint(Supplier<URI> issuer, Map<String, SandboxClient> clients, SandboxTokens tokens) {
        this.issuer = issuer;
        this.clients = clients;
        this.tokens = tokens;
    }

    void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                if (exchange.getRequestMethod().equals("POST")) {
                    decide(exchange);
                } else {
                    ask(exchange);
                }
            } catch (TokenRefusal refusal) {
                ConsentPage.refusal(String.valueOf(refusal.getMessage())).send(exchange, 400);
            }
        }
    }

    /** Who consented to this code; each code works once. */
    SandboxTokens.Issued redeem(SandboxClient client, TokenForm form) {
        Consent consent = codes.remove(form.require("code"));
        boolean good = consent != null
                && consent.question().clientId().equals(client.id())
                && consent.question().redirectUri().toString().equals(form.require("redirect_uri"))
                && consent.question().challenge().equals(SandboxTokens.challenge(form.require("code_verifier")));
        if (!good) {
            throw new TokenRefusal("invalid_grant", "the code is unknown, spent, or another client's");
        }
        return tokens.consented(client, consent.user());
    }

    private void ask(HttpExchange exchange) throws IOException {
        TokenForm query = TokenForm.parse(
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        SandboxClient client = clients.get(query.require("client_id"));
        if (client == null || !client.consents()) {
            throw new TokenRefusal("unauthorized_client", "this client is not registered for consent");
        }
        if (!query.require("response_type").equals("code")
                || !query.require("code_challenge_method").equals("S256")) {
            throw new TokenRefusal("invalid_request", "only response_type=code with PKCE (S256) exists here");
        }
        Question question = new Question(
                client.id(),
                redirectUri(query.require("redirect_uri")),
                query.require("state"),
                query.require("code_challenge"),
                query.get("scope").orElse("mail"));
        String id = tokens.newToken();
        questions.put(id, question);
        List<String> people = clients.values().stream()
                .map(SandboxClient::user)
                .distinct()
                .sorted()
                .toList();
        ConsentPage.question(
                        id,
                        client.id(),
                        question.scope(),
                        people,
                        query.get("login_hint").orElse(client.user()))
                .send(exchange, 200);
    }

    /** RFC 8252 section 7.3: any port of this machine. */
    private static URI redirectUri(String text) {
        try {
            URI uri = new URI(text);
            if ("http".equals(uri.getScheme()) && uri.getHost() != null && Loopback.is(uri.getHost())) {
                return uri;
            }
        } catch (URISyntaxException notAnAddress) {
            throw new TokenRefusal("invalid_request", "redirect_uri is not an address");
        }
        throw new TokenRefusal("invalid_request", "redirect_uri is not http:// on this machine");
    }

    private void decide(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAXIMUM_BODY);
        TokenForm form = TokenForm.parse(new String(body, UTF_8));
        Question question = questions.remove(form.require("question"));
        if (question == null) {
            throw new TokenRefusal("invalid_request", "this form was answered before");
        }
        exchange.getResponseHeaders().set("Location", answer(question, form));
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.sendResponseHeaders(303, -1);
    }

    private String answer(Question question, TokenForm form) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (form.require("decision").equals("allow")) {
            String code = tokens.newToken();
            codes.put(code, new Consent(question, form.require("user")));
            parameters.put("code", code);
        } else {
            parameters.put("error", "access_denied");
            parameters.put("error_description", "the person at the sandbox's form said no");
        }
        parameters.put("state", question.state());
        parameters.put("iss", issuer.get().toString());
        return question.redirectUri()
                + (question.redirectUri().getRawQuery() == null ? "?" : "&")
                + parameters.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                        .collect(Collectors.joining("&"));
    }
}
