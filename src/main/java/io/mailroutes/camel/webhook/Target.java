package io.mailroutes.camel.webhook;

import io.mailroutes.account.Loopback;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the webhook goes. Its path and its query may be secrets, as many a receiver makes them: they are in no message,
 * and {@link #toString} leaves them out.
 *
 * @param origin scheme, host and port, all that may be seen
 * @param requestTarget path and query, as they go on the wire
 */
record Target(URI origin, String requestTarget) {
    /** @throws IllegalArgumentException in words, without what may be secret of the URL */
    static Target of(String url, boolean allowHttp) {
        URI uri = parse(url.strip());
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw bad("is not an https:// URL: https://hooks.example.com/mail");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw bad("names no host: https://hooks.example.com/mail");
        }
        if (uri.getRawUserInfo() != null) {
            throw bad("has a user or a password before the host, which URLs show around: take it out, and use"
                    + " headerSecretRef");
        }
        if (uri.getRawFragment() != null) {
            throw bad("has a fragment, which no server gets to see: take the # and what follows out");
        }
        if (scheme.equals("http") && !allowHttp && !Loopback.is(uri.getHost())) {
            throw bad("is http://, so that everybody on the way could read the mails: use https://, or set"
                    + " allowHttp=true in a network that you trust");
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return new Target(
                URI.create(scheme + "://" + uri.getHost() + port),
                path + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
    }

    private static URI parse(String url) {
        try {
            URI parsed = new URI(url);
            return new URI(parsed.toASCIIString());
        } catch (URISyntaxException e) {
            // Without the cause, which quotes the URL.
            throw bad("is not a URL, from character " + (e.getIndex() + 1) + " on"
                    + (url.contains("$") || url.contains("{")
                            ? ": it is one for all mails, and takes nothing but {{placeholders}}"
                            : ""));
        }
    }

    private static IllegalArgumentException bad(String words) {
        return new IllegalArgumentException("mail-webhook-sink: url " + words);
    }

    /** Whether what is sent can be read on the way. */
    boolean isReadableOnTheWay() {
        return "http".equals(origin.getScheme()) && !Loopback.is(origin.getHost());
    }

    @Override
    public String toString() {
        return origin.toString();
    }
}
