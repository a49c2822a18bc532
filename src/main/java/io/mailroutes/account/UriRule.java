package io.mailroutes.account;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** What the address of an authorization server must be. A URI is never shown: its query may hold a secret. */
final class UriRule {
    private UriRule() {}

    /** An endpoint (RFC 6749 section 3): it may have a query, but no fragment. */
    static Optional<URI> endpoint(AccountValues values, String key, String text) {
        return read(values, key, text, false);
    }

    /** An issuer (RFC 8414 section 2): neither query nor fragment. */
    static Optional<URI> issuer(AccountValues values, String text) {
        if (text.contains("/.well-known/")) {
            values.problem("issuer", "give the issuer alone: what stands before /.well-known/");
            return Optional.empty();
        }
        return read(values, "issuer", text, true);
    }

    private static Optional<URI> read(AccountValues values, String key, String text, boolean issuer) {
        try {
            URI uri = new URI(text);
            Optional<String> objection = objection(uri, issuer);
            objection.ifPresent(words -> values.problem(key, words));
            return objection.isEmpty() ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException notAUri) {
            values.problem(key, "is not a URI: write something like https://login.example.com/token");
            return Optional.empty();
        }
    }

    private static Optional<String> objection(URI uri, boolean issuer) {
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        if (!scheme.equals("https") && !scheme.equals("http") || host == null) {
            return Optional.of(
                    "must be a whole URI with https:// and a host name, such as https://login.example.com/token");
        }
        if (scheme.equals("http") && !Loopback.is(host)) {
            return Optional.of("must begin with https://, because secrets and tokens go there; http:// is for a server"
                    + " on this machine only (127.0.0.0/8, ::1, localhost)");
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of("must not hold a user name or a password: use client-id and client-secret");
        }
        if (uri.getRawFragment() != null) {
            return Optional.of("must not have a fragment (what begins with #)");
        }
        if (issuer && uri.getRawQuery() != null) {
            return Optional.of("must not have a query (what begins with ?)");
        }
        return Optional.empty();
    }
}
