package io.mailroutes.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Optional;

/**
 * Who signed in, out of an {@code id_token} (OpenID Connect Core section 2). Its signature is not checked: it came from
 * the token endpoint itself, over TLS (section 3.1.3.7, number 6).
 */
final class IdToken {
    private static final int PARTS = 3;

    private IdToken() {}

    static Identity identity(ObjectNode tokenAnswer) {
        return StrictJson.text(tokenAnswer, "id_token")
                .flatMap(IdToken::claims)
                .map(Identity::of)
                .orElse(Identity.UNKNOWN);
    }

    private static Optional<ObjectNode> claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            return StrictJson.object(Base64.getUrlDecoder().decode(parts[1]));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
