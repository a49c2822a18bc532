package io.mailroutes.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailroutes.account.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The server's answer to a device that wants a person to consent elsewhere (RFC 8628 section 3.2).
 *
 * @param verificationUri where the person goes
 * @param userCode what the person types there
 * @param life how long both are good
 * @param interval how long to wait between two questions
 */
public record DeviceAuthorization(
        Grant.DeviceCode grant, URI verificationUri, String userCode, Duration life, Duration interval) {
    static final String REQUEST = "the device authorization request";

    private static final int DEFAULT_INTERVAL = 5;
    private static final int LONGEST_INTERVAL = 60;
    private static final int DEFAULT_LIFE = 600;
    private static final int LONGEST_LIFE = 3600;

    /**
     * Asks for a code; with PKCE, when the server insists.
     *
     * @throws OAuthException when the server gives none
     */
    public static DeviceAuthorization ask(AuthorizationServer server, SecureRandom random) {
        try {
            return ask(server, Optional.empty());
        } catch (OAuthException e) {
            // Keycloak, for a client that PKCE is required of.
            if (!e.serverError().equals("invalid_request")
                    || !String.valueOf(e.getMessage()).contains("code_challenge")) {
                throw e;
            }
            return ask(server, Optional.of(RandomSecret.of(random)));
        }
    }

    private static DeviceAuthorization ask(AuthorizationServer server, Optional<Secret> verifier) {
        URI address = server.deviceAuthorization();
        Map<String, String> form = new HashMap<>();
        String scope = RequestedScope.ofConsent(server.client());
        if (!scope.isEmpty()) {
            form.put("scope", scope);
        }
        verifier.ifPresent(secret -> {
            form.put("code_challenge", RandomSecret.challenge(secret));
            form.put("code_challenge_method", "S256");
        });
        HttpAnswer answer = server.post(REQUEST, address, form, List.of());
        Attempt attempt = new Attempt(server.account(), REQUEST, Optional.of(address), List.of());
        if (!answer.isJson()) {
            throw OAuthErrors.classify(attempt, new Failure.NotJson(TokenResponseParser.kind(answer)));
        }
        return read(answer, verifier)
                .orElseThrow(() -> OAuthErrors.classify(
                        attempt,
                        new Failure.Malformed("it has no device_code, no user_code or no usable verification_uri")));
    }

    private static Optional<DeviceAuthorization> read(HttpAnswer answer, Optional<Secret> verifier) {
        return StrictJson.object(answer.body()).flatMap(body -> StrictJson.text(body, "device_code")
                .flatMap(code -> verificationUri(body).flatMap(uri -> StrictJson.text(body, "user_code")
                        .map(userCode -> new DeviceAuthorization(
                                new Grant.DeviceCode(Secret.of(code), verifier),
                                uri,
                                ForeignText.clean(userCode, List.of()),
                                seconds(body, "expires_in", DEFAULT_LIFE, LONGEST_LIFE),
                                seconds(body, "interval", DEFAULT_INTERVAL, LONGEST_INTERVAL))))));
    }

    /** Yandex and Google call it {@code verification_url}. */
    private static Optional<URI> verificationUri(ObjectNode body) {
        return StrictJson.text(body, "verification_uri")
                .or(() -> StrictJson.text(body, "verification_url"))
                .flatMap(DeviceAuthorization::uri)
                .filter(uri -> SecureAddress.objection(uri).isEmpty());
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    private static Duration seconds(ObjectNode body, String member, int otherwise, int most) {
        int value = body.path(member).asInt(otherwise);
        return Duration.ofSeconds(Math.min(value > 0 ? value : otherwise, most));
    }
}
