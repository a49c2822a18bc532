package io.mailroutes.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The authorization endpoint of {@link FakeAuthorizationServer}: consents at once (RFC 6749 section 4.1) unless told
 * otherwise, wants PKCE with S256 (RFC 7636), and gives one token for each code.
 */
public final class FakeConsent {
    private record Code(String clientId, String redirectUri, String challenge, String scope) {}

    private final FakeGrants grants;
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final List<String> issued = new CopyOnWriteArrayList<>();
    private final Map<String, String> overrides = new ConcurrentHashMap<>();
    private volatile Optional<String> grantedScope = Optional.empty();
    private final Map<String, Object> claims = new ConcurrentHashMap<>();
    private volatile FakeAnswer userinfo = FakeAnswer.json(404, "{}");
    private volatile boolean refreshTokens = true;

    FakeConsent(FakeGrants grants) {
        this.grants = grants;
    }

    /** Puts a parameter into the answers that the browser carries; an empty value takes it out. */
    public FakeConsent answering(String parameter, String value) {
        overrides.put(parameter, value);
        return this;
    }

    /** The person unticks: this scope is granted and no other. */
    public FakeConsent granting(String scope) {
        grantedScope = Optional.of(scope);
        return this;
    }

    /** The {@code email} of the id_token. */
    public FakeConsent signedInAs(String address) {
        return claiming("email", address);
    }

    /** What the userinfo endpoint says; the id_token then says {@code sub} alone. */
    public FakeConsent userinfo(FakeAnswer answer) {
        userinfo = answer;
        return this;
    }

    /** A claim more in the id_token. */
    public FakeConsent claiming(String claim, Object value) {
        claims.put(claim, value);
        return this;
    }

    FakeAnswer userinfo() {
        return userinfo;
    }

    /** From now on no refresh token comes with the access token. */
    public FakeConsent withoutRefreshToken() {
        refreshTokens = false;
        return this;
    }

    /** The codes issued, oldest first. */
    public List<String> codes() {
        return List.copyOf(issued);
    }

    FakeAnswer authorize(HttpExchange exchange) {
        Map<String, String> query = Wire.form(
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        boolean proper = grants.client(query.getOrDefault("client_id", "")).isPresent()
                && "code".equals(query.get("response_type"))
                && "S256".equals(query.get("code_challenge_method"))
                && query.getOrDefault("code_challenge", "").length() == 43
                && query.getOrDefault("state", "").length() >= 43
                && query.containsKey("redirect_uri");
        if (!proper) {
            return FakeAnswer.of(400, "text/plain", "not a proper request: " + query.keySet(), Map.of());
        }
        String code = "code-" + UUID.randomUUID();
        codes.put(
                code,
                new Code(
                        query.get("client_id"),
                        query.get("redirect_uri"),
                        query.get("code_challenge"),
                        query.getOrDefault("scope", "")));
        issued.add(code);
        return FakeAnswer.redirect(302, URI.create(query.get("redirect_uri") + "?" + answer(code, query.get("state"))));
    }

    private String answer(String code, String state) {
        Map<String, String> answer = new LinkedHashMap<>(Map.of("code", code, "state", state));
        answer.putAll(overrides);
        StringBuilder query = new StringBuilder();
        answer.forEach((name, value) -> {
            if (!value.isEmpty()) {
                query.append(query.isEmpty() ? "" : "&").append(name).append('=');
                query.append(URLEncoder.encode(value, UTF_8));
            }
        });
        return query.toString();
    }

    FakeAnswer redeem(FakeGrants.Client client, Map<String, String> form) {
        Code code = codes.remove(form.getOrDefault("code", ""));
        boolean good = code != null
                && code.clientId().equals(client.id())
                && code.redirectUri().equals(form.get("redirect_uri"))
                && code.challenge().equals(challenge(form.getOrDefault("code_verifier", "")));
        return good ? tokens(client, code.scope()) : FakeAnswer.json(400, "{\"error\":\"invalid_grant\"}");
    }

    /** What a consent gives, by whatever way it was asked for. */
    FakeAnswer tokens(FakeGrants.Client client, String asked) {
        String scope = grantedScope.orElse(asked);
        FakeGrants.Issued tokens = grants.consented(client, scope);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", tokens.accessToken());
        answer.put("token_type", "Bearer");
        answer.put("expires_in", grants.life().toSeconds());
        answer.put("scope", scope);
        tokens.refreshToken().filter(token -> refreshTokens).ifPresent(token -> answer.put("refresh_token", token));
        if (!claims.isEmpty()) {
            answer.put("id_token", idToken());
        }
        return FakeAnswer.json(200, Wire.json(answer));
    }

    private String idToken() {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("sub", "1"));
        all.putAll(claims);
        return base64("{\"alg\":\"none\"}".getBytes(UTF_8)) + "."
                + base64(Wire.json(all).getBytes(UTF_8)) + ".";
    }

    static String challenge(String verifier) {
        try {
            return base64(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
