package io.mailroutes.camel.webhook;

import io.mailroutes.account.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** By what the receiver knows us, beside the signature. */
@FunctionalInterface
interface Credentials {
    String AUTHORIZATION = "Authorization";

    /** @throws io.mailroutes.token.TokenException when there is no token now */
    Shown show();

    /** What is set already, or says how a message is to be read. */
    Set<String> NOT_OURS_TO_SET = Set.of(
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "idempotency-key",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "webhook-id",
            "webhook-signature",
            "webhook-timestamp");

    /** RFC 9110 section 5.6.2. */
    Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    /** RFC 9110 section 5.5, without what is obsolete. */
    Pattern VALUE = Pattern.compile("[!-~]([ -~]*[!-~])?");

    /**
     * What one request shows.
     *
     * @param renew to be called when the receiver did not take it; tells whether there may be something better now
     */
    record Shown(Map<String, String> headers, BooleanSupplier renew) {}

    static Credentials none() {
        return () -> new Shown(Map.of(), () -> false);
    }

    /** @throws IllegalArgumentException in words, when this cannot be a header */
    static Credentials fixed(String name, Secret value) {
        Optional<String> objection = objection(name, value.reveal().strip());
        if (objection.isPresent()) {
            throw new IllegalArgumentException("mail-webhook-sink: " + objection.get());
        }
        Map<String, String> headers = Map.of(name, value.reveal().strip());
        return () -> new Shown(headers, () -> false);
    }

    private static Optional<String> objection(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("headerName is not the name of a header");
        }
        if (NOT_OURS_TO_SET.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            return Optional.of("headerName=" + name + " is a header that this sink or HTTP sets itself");
        }
        if (!VALUE.matcher(value).matches()) {
            return Optional.of("the secret of headerSecretRef is empty or not one line of ASCII");
        }
        return Optional.empty();
    }
}
