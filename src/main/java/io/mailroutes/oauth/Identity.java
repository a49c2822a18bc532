package io.mailroutes.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.IDN;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who signed in, as far as the server says (OpenID Connect Core section 5.1).
 *
 * @param subject what the server calls the person for good, {@code sub}
 * @param names what people call the person, in the order of their worth: the address, then what Microsoft calls it
 */
public record Identity(Optional<String> subject, List<String> names) {
    /** The server does not say. */
    public static final Identity UNKNOWN = new Identity(Optional.empty(), List.of());

    public Identity {
        names = List.copyOf(names);
    }

    /** An address that the server itself calls unverified is what somebody has typed in, and names nobody. */
    static Identity of(ObjectNode claims) {
        boolean verified = claims.path("email_verified").asBoolean(true);
        return new Identity(
                StrictJson.text(claims, "sub"),
                Stream.of("email", "preferred_username", "upn")
                        .filter(claim -> verified || !claim.equals("email"))
                        .flatMap(claim -> StrictJson.text(claims, claim).stream())
                        .map(name -> ForeignText.clean(name, List.of()))
                        .distinct()
                        .toList());
    }

    /** The name to hold against this one: an address against an address, a short name against a short name. */
    public Optional<String> comparedWith(String expected) {
        return names.stream()
                .filter(name -> name.contains("@") == expected.contains("@"))
                .findFirst();
    }

    /** Whether one of the names is this one; case, and the spelling of international domains, make no difference. */
    public boolean is(String expected) {
        return names.stream().map(Identity::canonical).anyMatch(canonical(expected)::equals);
    }

    private static String canonical(String name) {
        int at = name.lastIndexOf('@');
        return folded(name.substring(0, at + 1)) + domain(name.substring(at + 1));
    }

    private static String domain(String name) {
        try {
            return folded(IDN.toASCII(name, IDN.ALLOW_UNASSIGNED));
        } catch (IllegalArgumentException notADomain) {
            return folded(name);
        }
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
