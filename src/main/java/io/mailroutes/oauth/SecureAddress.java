package io.mailroutes.oauth;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides which addresses may be sent a secret: TLS anywhere, clear text to this machine only (RFC 6749, 3.1 and 3.2). */
final class SecureAddress {
    /** By the literal and not by resolution: a name server must not be able to make an address count as local. */
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[(?:::1|0:0:0:0:0:0:0:1)]");

    private SecureAddress() {}

    static boolean isLoopback(URI address) {
        return address.getHost() != null
                && LOOPBACK.matcher(address.getHost().toLowerCase(Locale.ROOT)).matches();
    }

    /** What is wrong with the address, as the end of a sentence that begins with it; empty when it is good. */
    static Optional<String> objection(URI address) {
        String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (address.getHost() == null) {
            return Optional.of("has no host name");
        }
        if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
            return Optional.of("must have neither a user name nor a fragment");
        }
        if (scheme.equals("https") || scheme.equals("http") && isLoopback(address)) {
            return Optional.empty();
        }
        return Optional.of("must begin with https:// (http:// is for this machine only)");
    }
}
