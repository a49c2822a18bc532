package io.mailroutes.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.account.ClientAuthentication;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Secret;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the client shows who it is (RFC 6749 section 2.3.1, RFC 7523 section 2).
 *
 * @param authorization the value of the header of that name
 * @param parameters what goes into the form
 * @param hidden what must not come back out of an error message
 * @param signed what an assertion among the parameters stands for
 */
record ClientProof(Optional<String> authorization, Map<String, String> parameters, List<Secret> hidden, Signed signed) {
    /** The method for {@code auto}: with a secret basic, which every server must know, unless it says it has only post. */
    static ClientAuthentication resolve(OAuthClient client, List<String> supported) {
        if (client.authentication() != ClientAuthentication.AUTO) {
            return client.authentication();
        }
        if (client.assertion().isPresent()) {
            return ClientAuthentication.PRIVATE_KEY_JWT;
        }
        if (client.clientSecret().isEmpty()) {
            return ClientAuthentication.NONE;
        }
        boolean postOnly = supported.contains("client_secret_post") && !supported.contains("client_secret_basic");
        return postOnly ? ClientAuthentication.POST : ClientAuthentication.BASIC;
    }

    /** Empty when the method needs what the account does not have. */
    static Optional<ClientProof> of(OAuthClient client, ClientAuthentication method) {
        return switch (method) {
            case BASIC -> client.clientSecret().map(secret -> basic(client.clientId(), secret.reveal()));
            case POST -> client.clientSecret().map(secret -> post(client.clientId(), secret.reveal()));
            case NONE -> Optional.of(plain(Map.of("client_id", client.clientId()), List.of()));
            case AUTO, PRIVATE_KEY_JWT -> Optional.empty();
        };
    }

    /** Id and secret are form-encoded each, or a colon or a percent sign in them would break the header. */
    private static ClientProof basic(String id, String secret) {
        String pair = URLEncoder.encode(id, UTF_8) + ":" + URLEncoder.encode(secret, UTF_8);
        String header = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
        return new ClientProof(
                Optional.of(header),
                Map.of(),
                List.of(Secret.of(header.substring(header.indexOf(' ') + 1))),
                Signed.NOTHING);
    }

    private static ClientProof post(String id, String secret) {
        return plain(Map.of("client_id", id, "client_secret", secret), List.of(Secret.of(secret)));
    }

    private static ClientProof plain(Map<String, String> parameters, List<Secret> hidden) {
        return new ClientProof(Optional.empty(), parameters, hidden, Signed.NOTHING);
    }

    /** The client's own assertion; its id goes along, since servers look it up before they verify anything. */
    static ClientProof assertion(OAuthClient client, Secret assertion) {
        Map<String, String> parameters = Map.of(
                "client_id", client.clientId(),
                "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion", assertion.reveal());
        return new ClientProof(Optional.empty(), parameters, List.of(assertion), Signed.CLIENT);
    }

    /** The assertion that is the grant and leaves no question who asks. */
    static ClientProof grant(Secret assertion) {
        return new ClientProof(
                Optional.empty(), Map.of("assertion", assertion.reveal()), List.of(assertion), Signed.GRANT);
    }

    @Override
    public String toString() {
        return "ClientProof[***]";
    }
}
