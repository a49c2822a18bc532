package io.mailroutes.oauth;

import io.mailroutes.account.OAuthClient;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where one account's server asks people for consent: as configured, else by discovery. */
public final class AuthorizationServer {
    /**
     * Where consent is asked for.
     *
     * @param issuer what the server calls itself
     * @param namesItself whether it always says so in its answers (RFC 9207)
     */
    record Place(URI address, Optional<URI> issuer, boolean namesItself) {}

    private final String account;
    private final OAuthClient client;
    private final Optional<Discovery> discovery;

    public AuthorizationServer(String account, OAuthClient client, OAuthHttp http, Clock clock) {
        this.account = account;
        this.client = client;
        this.discovery = client.issuer().map(issuer -> new Discovery(account, issuer, http, clock));
    }

    String account() {
        return account;
    }

    OAuthClient client() {
        return client;
    }

    Place authorization() {
        URI address = find(
                        "the authorization request",
                        "authorization-endpoint",
                        client.authorizationEndpoint(),
                        ServerMetadata::authorizationEndpoint)
                .orElseThrow(() -> unusable(
                        "the authorization request",
                        "is not made: neither KEY(authorization-endpoint) is set, nor does the issuer's document name"
                                + " an authorization_endpoint"));
        boolean namesItself =
                discovery.map(source -> source.metadata().namesItself()).orElse(false);
        return new Place(address, client.consent().issuer().or(client::issuer), namesItself);
    }

    private Optional<URI> find(
            String request, String key, Optional<URI> configured, Function<ServerMetadata, Optional<URI>> discovered) {
        Optional<URI> address = configured.or(() -> discovery.flatMap(source -> discovered.apply(source.metadata())));
        address.flatMap(SecureAddress::objection).ifPresent(objection -> {
            throw unusable(request, "is not made: KEY(" + key + ") " + objection);
        });
        return address;
    }

    private OAuthException unusable(String request, String problem) {
        return OAuthErrors.classify(
                new Attempt(account, request, Optional.empty(), List.of()), new Failure.Unusable(problem));
    }
}
