package io.mailroutes.oauth;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a server says about itself (RFC 8414 section 2), as far as it is used here.
 *
 * @param authenticationMethods {@code token_endpoint_auth_methods_supported}; empty when the server did not say
 * @param namesItself whether its answers to consents carry {@code iss} (RFC 9207 section 3)
 */
public record ServerMetadata(
        Optional<URI> tokenEndpoint,
        Optional<URI> authorizationEndpoint,
        Optional<URI> deviceAuthorizationEndpoint,
        Optional<URI> revocationEndpoint,
        List<String> authenticationMethods,
        boolean namesItself) {
    /** Of a server that was not asked. */
    static final ServerMetadata NONE = new ServerMetadata(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), false);

    public ServerMetadata {
        authenticationMethods = List.copyOf(authenticationMethods);
    }
}
