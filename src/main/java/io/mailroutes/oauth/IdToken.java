package io.mailroutes.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who signed in, out of an {@code id_token} (OpenID Connect Core section 2). Its signature is not checked: it came from
 * the token endpoint itself, over TLS (section 3.1.3.7, number 6).
 */
final class IdToken {
    private static final int PARTS = 3;

    private IdToken() {}

    /** The names in the order of their worth: the address, then what Microsoft calls it; empty when none is told. */
    static List<String> names(ObjectNode tokenAnswer) {
        return StrictJson.text(tokenAnswer, "id_token")
                .flatMap(IdToken::claims)
                .map(claims -> Stream.of("email", "preferred_username", "upn")
                        .flatMap(claim -> StrictJson.text(claims, claim).stream())
                        .filter(name -> name.contains("@"))
                        .distinct()
                        .toList())
                .orElse(List.of());
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
