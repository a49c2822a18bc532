package io.mailroutes.testing;

import io.mailroutes.testing.FakeAuthorizationServer.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Decides what a well-behaved token endpoint answers (RFC 6749 sections 2.3, 5.1 and 5.2). */
final class FakeTokenEndpoint {
    private final FakeGrants grants;
    private final FakeAssertions assertions;

    private final FakeConsent consent;
    private final FakeDevice device;

    FakeTokenEndpoint(FakeGrants grants, FakeConsent consent, FakeDevice device, FakeAssertions assertions) {
        this.grants = grants;
        this.consent = consent;
        this.device = device;
        this.assertions = assertions;
    }

    static Kind kind(String grantType) {
        return switch (grantType) {
            case "client_credentials" -> Kind.CLIENT_CREDENTIALS;
            case "refresh_token" -> Kind.REFRESH_TOKEN;
            case "urn:ietf:params:oauth:grant-type:device_code" -> Kind.DEVICE_CODE;
            case "authorization_code" -> Kind.AUTHORIZATION_CODE;
            default -> Kind.OTHER_GRANT;
        };
    }

    FakeAnswer answer(Kind kind, Map<String, String> form, Optional<String> authorization) {
        if (form.getOrDefault("grant_type", "").equals("urn:ietf:params:oauth:grant-type:jwt-bearer")) {
            return serviceAccount(form.getOrDefault("assertion", ""));
        }
        Optional<FakeAnswer> refusal = refusal(form, authorization);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        FakeGrants.Client client = authenticated(form, authorization).orElseThrow();
        String scope = form.getOrDefault("scope", "");
        return switch (kind) {
            case CLIENT_CREDENTIALS ->
                client.secret().isPresent() || form.containsKey("client_assertion")
                        ? success(grants.issue(client, scope), scope)
                        : error("unauthorized_client", "A public client has no credentials");
            case REFRESH_TOKEN ->
                grants.refresh(client, form.getOrDefault("refresh_token", ""), scope)
                        .map(issued -> success(issued, scope))
                        .orElse(error("invalid_grant", grants.refusal(form.getOrDefault("refresh_token", ""))));
            case AUTHORIZATION_CODE -> consent.redeem(client, form);
            case DEVICE_CODE -> device.poll(client, form);
            default -> error("unsupported_grant_type", "Not this one");
        };
    }

    /** Why the client is not believed; empty when it is. */
    Optional<FakeAnswer> refusal(Map<String, String> form, Optional<String> authorization) {
        if (form.containsKey("client_assertion") || assertions.requires(form.getOrDefault("client_id", ""))) {
            Optional<String> objection = assertions.objection(form, authorization.isPresent());
            if (objection.isPresent()) {
                return Optional.of(error("invalid_client", objection.get()));
            }
        }
        return authenticated(form, authorization).isPresent()
                ? Optional.empty()
                : Optional.of(FakeAnswer.of(
                        401,
                        "application/json",
                        "{\"error\":\"invalid_client\"}",
                        Map.of("WWW-Authenticate", "Basic realm=\"fake\"")));
    }

    private FakeAnswer serviceAccount(String assertion) {
        FakeAssertions.Delegated delegated = assertions.delegated(assertion);
        return delegated.refusal().isEmpty()
                ? success(
                        grants.issue(
                                new FakeGrants.Client(delegated.issuer(), Optional.empty(), delegated.subject()),
                                delegated.scope()),
                        delegated.scope())
                : error(delegated.error(), delegated.refusal());
    }

    /** Basic or post, never both (RFC 6749 section 2.3). */
    private Optional<FakeGrants.Client> authenticated(Map<String, String> form, Optional<String> authorization) {
        Optional<String[]> basic = Wire.basic(authorization);
        if (basic.isPresent() && form.containsKey("client_secret")) {
            return Optional.empty();
        }
        String id = basic.map(pair -> Wire.decode(pair[0])).orElse(form.getOrDefault("client_id", ""));
        Optional<String> secret = basic.filter(pair -> pair.length == 2)
                .map(pair -> Wire.decode(pair[1]))
                .or(() -> Optional.ofNullable(form.get("client_secret")));
        return grants.client(id).filter(client -> client.secret().equals(secret));
    }

    private FakeAnswer success(FakeGrants.Issued issued, String scope) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", issued.accessToken());
        answer.put("token_type", "Bearer");
        answer.put("expires_in", grants.life().toSeconds());
        if (!scope.isEmpty()) {
            answer.put("scope", scope);
        }
        issued.refreshToken().ifPresent(token -> answer.put("refresh_token", token));
        return FakeAnswer.json(200, Wire.json(answer));
    }

    private static FakeAnswer error(String code, String description) {
        return FakeAnswer.json(400, Wire.json(Map.of("error", code, "error_description", description)));
    }
}
