package io.mailroutes.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * One question for consent (RFC 6749 section 4.1.1) with its own {@code state} and PKCE verifier (RFC 7636, S256 always),
 * good for one answer.
 */
public final class AuthorizationRequest {
    private final ConsentRefusal refusal;
    private final AuthorizationServer.Place place;
    private final URI redirectUri;
    private final URI uri;
    private final Secret state;
    private final Secret verifier;
    private final AtomicBoolean answered = new AtomicBoolean();

    private AuthorizationRequest(
            String account,
            OAuthClient client,
            AuthorizationServer.Place place,
            URI redirectUri,
            String loginHint,
            SecureRandom random) {
        this.refusal = new ConsentRefusal(account);
        this.place = place;
        this.redirectUri = redirectUri;
        this.state = RandomSecret.of(random);
        this.verifier = RandomSecret.of(random);
        this.uri = withQuery(place.address(), parameters(client, loginHint));
    }

    /**
     * Asks nobody anything but where to ask.
     *
     * @param redirectUri where the answer is to go, to the letter
     * @param loginHint who is to sign in
     * @throws OAuthException when the server's address cannot be found
     */
    public static AuthorizationRequest to(
            AuthorizationServer server, URI redirectUri, String loginHint, SecureRandom random) {
        return new AuthorizationRequest(
                server.account(), server.client(), server.authorization(), redirectUri, loginHint, random);
    }

    /** What to open in a browser. It holds no secret. */
    public URI uri() {
        return uri;
    }

    public URI redirectUri() {
        return redirectUri;
    }

    /**
     * Turns the parameters of the answer into a grant, once.
     *
     * @throws PermanentOAuthException when the answer is a refusal, is for another question, comes from another server or
     *     was given before
     */
    public Grant.AuthorizationCode accept(Map<String, String> answer) {
        if (!Secret.of(answer.getOrDefault("state", "")).equals(state)) {
            throw refusal.suspicious(
                    "its state is not the one that was sent out: it belongs to an older login, or is forged");
        }
        checkIssuer(Optional.ofNullable(answer.get("iss")));
        if (!answered.compareAndSet(false, true)) {
            throw refusal.suspicious("it was given before");
        }
        String error = answer.getOrDefault("error", "");
        if (!error.isEmpty()) {
            ServerError said = ServerError.ofRedirect(
                    error, answer.getOrDefault("error_description", ""), answer.getOrDefault("error_subtype", ""));
            throw refusal.byServer(said, List.of(state, verifier, Secret.of(answer.getOrDefault("code", ""))));
        }
        return grant(answer.getOrDefault("code", ""));
    }

    /**
     * For a code that a person has copied from the server's own page, where no state comes with it.
     *
     * @throws PermanentOAuthException when the server names itself in its answers, so that there is more to copy
     */
    public Grant.AuthorizationCode acceptCode(String code) {
        if (place.namesItself()) {
            throw refusal.suspicious("a code alone does not say which server it comes from (iss), and the address of"
                    + " this one does: paste the whole address");
        }
        if (!answered.compareAndSet(false, true)) {
            throw refusal.suspicious("it was given before");
        }
        return grant(code);
    }

    private Grant.AuthorizationCode grant(String code) {
        if (code.isEmpty()) {
            throw refusal.suspicious("it has neither a code nor an error");
        }
        return new Grant.AuthorizationCode(Secret.of(code), redirectUri, verifier);
    }

    /** RFC 9207 section 2.4: before anything else in the answer is believed, its errors included. */
    private void checkIssuer(Optional<String> named) {
        if (place.namesItself() && named.isEmpty()) {
            throw refusal.suspicious("it does not say which server it comes from (iss), and this one always does");
        }
        boolean another = place.issuer().isPresent()
                && named.isPresent()
                && !named.get().equals(place.issuer().get().toString());
        if (another) {
            throw refusal.suspicious(
                    "it comes from another server (iss) than " + place.issuer().get());
        }
    }

    private Map<String, String> parameters(OAuthClient client, String loginHint) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", client.clientId());
        parameters.put("redirect_uri", redirectUri.toString());
        String scope = RequestedScope.ofConsent(client);
        if (!scope.isEmpty()) {
            parameters.put("scope", scope);
        }
        parameters.put("state", state.reveal());
        parameters.put("code_challenge", RandomSecret.challenge(verifier));
        parameters.put("code_challenge_method", "S256");
        parameters.put("login_hint", loginHint);
        client.audience().ifPresent(value -> parameters.put("audience", value));
        client.resource().ifPresent(value -> parameters.put("resource", value));
        // Configured ones may replace the hint, and nothing that the protocol rests on.
        client.authorizationParameters().forEach((name, value) -> {
            if (name.equals("login_hint") || !parameters.containsKey(name)) {
                parameters.put(name, value);
            }
        });
        return parameters;
    }

    private static URI withQuery(URI endpoint, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + query);
    }

    /** With %20 for a blank: not every server reads a plus sign so in an address. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "AuthorizationRequest[" + redirectUri + "]";
    }
}
