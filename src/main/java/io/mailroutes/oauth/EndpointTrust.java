package io.mailroutes.oauth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether an endpoint that an issuer's document names may be sent secrets: over TLS, within the issuer's own domain, and
 * not in a network that the issuer is not in. A document that was tampered with gets no further than that; who knows
 * better names the endpoint in the configuration.
 */
final class EndpointTrust {
    private static final int LONGEST_REGISTRY_LABEL = 3;
    private static final int CARRIER_NAT = 100;

    /** The name service, as a seam. */
    @FunctionalInterface
    interface Names {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final URI issuer;
    private final Names names;

    EndpointTrust(URI issuer, Names names) {
        this.issuer = issuer;
        this.names = names;
    }

    /** What is wrong with the endpoint, as the end of a sentence that begins with it; empty when it is good. */
    Optional<String> objection(URI endpoint) {
        if (SecureAddress.isLoopback(endpoint) && !SecureAddress.isLoopback(issuer)) {
            return Optional.of("is on this machine, but the issuer is not");
        }
        Optional<String> unsafe = SecureAddress.objection(endpoint);
        if (unsafe.isPresent() || sameHost(endpoint)) {
            return unsafe;
        }
        if (!sameDomain(host(issuer), host(endpoint))) {
            return Optional.of("is at " + endpoint.getHost() + ", which is not of the issuer's domain");
        }
        return isPrivate(host(endpoint)) && !isPrivate(host(issuer))
                ? Optional.of("is at " + endpoint.getHost() + ", in a private network, but the issuer is not")
                : Optional.empty();
    }

    /** On loopback ports tell servers apart, and all of them are this machine's own. */
    private boolean sameHost(URI endpoint) {
        return host(issuer).equals(host(endpoint))
                || SecureAddress.isLoopback(issuer) && SecureAddress.isLoopback(endpoint);
    }

    /** A host below the issuer's, or beside it. Without the list of registries, what could be one is taken for one. */
    private static boolean sameDomain(String issuer, String endpoint) {
        int dot = issuer.indexOf('.');
        String parent = dot < 0 ? "" : issuer.substring(dot + 1);
        return endpoint.endsWith("." + issuer)
                || !isLiteral(issuer)
                        && !couldBeRegistry(parent)
                        && (endpoint.equals(parent) || endpoint.endsWith("." + parent));
    }

    /** {@code com}, {@code co.uk}, {@code com.au}: strangers' names are side by side there. */
    private static boolean couldBeRegistry(String domain) {
        String[] labels = domain.split("\\.", -1);
        return labels.length < 2
                || labels.length == 2 && labels[1].length() == 2 && labels[0].length() <= LONGEST_REGISTRY_LABEL;
    }

    private static boolean isLiteral(String host) {
        return host.contains(":") || host.matches("[0-9.]+");
    }

    private boolean isPrivate(String host) {
        try {
            return Arrays.stream(names.addresses(host)).anyMatch(EndpointTrust::isPrivate);
        } catch (UnknownHostException e) {
            return false; // A proxy may know it; without one nothing is sent anyway.
        }
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xFE) == 0xFC;
        boolean carrier = bytes.length == 4 && bytes[0] == CARRIER_NAT && (bytes[1] & 0xC0) == 0x40;
        return uniqueLocal
                || carrier
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress();
    }

    private static String host(URI address) {
        String host = Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
