package io.mailroutes.oauth;

import io.mailroutes.account.Loopback;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Decides which addresses may be sent a secret: TLS anywhere, clear text to this machine only (RFC 6749, 3.1 and 3.2). */
final class SecureAddress {
    private SecureAddress() {}

    static boolean isLoopback(URI address) {
        return address.getHost() != null && Loopback.is(address.getHost());
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
