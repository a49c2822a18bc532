package io.mailroutes.oauth;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a server says about itself (RFC 8414 section 2, OpenID Connect Discovery section 3), as far as it is used here. An
 * endpoint is judged when it is asked for: one that is configured elsewhere may be as odd as it likes.
 */
public final class ServerMetadata {
    private final Function<String, Optional<URI>> endpoints;
    private final List<String> authenticationMethods;
    private final boolean namesItself;

    /** @param endpoints by member; throws {@link OAuthException} for one that must not be used */
    ServerMetadata(Function<String, Optional<URI>> endpoints, List<String> authenticationMethods, boolean namesItself) {
        this.endpoints = endpoints;
        this.authenticationMethods = List.copyOf(authenticationMethods);
        this.namesItself = namesItself;
    }

    Optional<URI> tokenEndpoint() {
        return endpoints.apply("token_endpoint");
    }

    Optional<URI> authorizationEndpoint() {
        return endpoints.apply("authorization_endpoint");
    }

    Optional<URI> deviceAuthorizationEndpoint() {
        return endpoints.apply("device_authorization_endpoint");
    }

    Optional<URI> revocationEndpoint() {
        return endpoints.apply("revocation_endpoint");
    }

    Optional<URI> userinfoEndpoint() {
        return endpoints.apply("userinfo_endpoint");
    }

    /** {@code token_endpoint_auth_methods_supported}; empty when the server did not say. */
    List<String> authenticationMethods() {
        return authenticationMethods;
    }

    /** Whether its answers to consents carry {@code iss} (RFC 9207 section 3). */
    boolean namesItself() {
        return namesItself;
    }
}
