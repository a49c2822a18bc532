package io.mailroutes.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.account.ClientAuthentication;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.Secret;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Decides on a token request: RFC 6749 sections 2.3, 4.1.3, 4.4 and 6. */
final class TokenEndpoint {
    private static final String BASIC = "Basic ";

    private final SandboxTokens tokens;
    private final Map<String, SandboxClient> clients;
    private final ConsentEndpoint consents;

    private record Credentials(String id, String secret, ClientAuthentication how) {}

    TokenEndpoint(SandboxTokens tokens, Map<String, SandboxClient> clients, ConsentEndpoint consents) {
        this.tokens = tokens;
        this.clients = clients;
        this.consents = consents;
    }

    TokenAnswer answer(String body, Optional<String> authorization) {
        try {
            TokenForm form = TokenForm.parse(body);
            return TokenAnswer.granted(grant(authenticate(form, authorization), form));
        } catch (TokenRefusal refusal) {
            return refusal.answer();
        }
    }

    private SandboxTokens.Issued grant(SandboxClient client, TokenForm form) {
        String grantType = form.require("grant_type");
        return switch (grantType) {
            case "client_credentials" -> {
                requireGrant(client, GrantType.CLIENT_CREDENTIALS);
                yield tokens.issue(client);
            }
            case "authorization_code" -> {
                requireGrant(client, GrantType.AUTHORIZATION_CODE);
                yield consents.redeem(client, form);
            }
            case "refresh_token" -> {
                requireGrant(client, client.consents() ? client.grant() : GrantType.REFRESH_TOKEN);
                yield tokens.refresh(client, form.require("refresh_token"));
            }
            default ->
                throw new TokenRefusal(
                        "unsupported_grant_type",
                        "only client_credentials, refresh_token and authorization_code exist here");
        };
    }

    private static void requireGrant(SandboxClient client, GrantType grant) {
        if (client.grant() != grant) {
            throw new TokenRefusal(
                    "unauthorized_client",
                    "this client is registered for " + client.grant().key());
        }
    }

    private SandboxClient authenticate(TokenForm form, Optional<String> authorization) {
        Credentials given = credentials(form, authorization);
        SandboxClient client = clients.get(given.id());
        if (client == null
                || client.authentication() != given.how()
                || given.how() != ClientAuthentication.NONE && !client.secret().equals(Secret.of(given.secret()))) {
            throw new TokenRefusal("invalid_client", "unknown client, wrong secret or wrong way of sending it");
        }
        return client;
    }

    private static Credentials credentials(TokenForm form, Optional<String> authorization) {
        Optional<String> secret = form.get("client_secret");
        if (authorization.isPresent() && secret.isPresent()) {
            throw new TokenRefusal("invalid_request", "the client proves itself in two ways at once");
        }
        if (authorization.isPresent()) {
            return basic(authorization.get());
        }
        return new Credentials(
                form.get("client_id").orElse(""),
                secret.orElse(""),
                secret.isPresent() ? ClientAuthentication.POST : ClientAuthentication.NONE);
    }

    /** Both halves are form-encoded before they are joined (section 2.3.1). */
    private static Credentials basic(String authorization) {
        String pair = authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())
                ? decodeBase64(authorization.substring(BASIC.length()).strip())
                : "";
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw new TokenRefusal("invalid_client", "the Authorization header is not Basic");
        }
        return new Credentials(
                TokenForm.decode(pair.substring(0, colon)),
                TokenForm.decode(pair.substring(colon + 1)),
                ClientAuthentication.BASIC);
    }

    private static String decodeBase64(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new TokenRefusal("invalid_client", "the Authorization header is not base64");
        }
    }
}
