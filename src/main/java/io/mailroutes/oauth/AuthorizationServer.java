package io.mailroutes.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where one account's server asks people for consent: as configured, else by discovery. */
public final class AuthorizationServer {
    /**
     * Where consent is asked for.
     *
     * @param issuer what the server calls itself
     * @param namesItself whether it always says so in its answers (RFC 9207)
     */
    record Place(URI address, Optional<URI> issuer, boolean namesItself) {}

    private static final String REVOCATION = "the revocation request";

    private final String account;
    private final OAuthClient client;
    private final OAuthHttp http;
    private final Clock clock;
    private final Optional<Discovery> discovery;
    private final ClientProofs proofs;

    public AuthorizationServer(String account, OAuthClient client, OAuthHttp http, Clock clock) {
        this.account = account;
        this.client = client;
        this.http = http;
        this.clock = clock;
        this.discovery = client.issuer().map(issuer -> new Discovery(account, issuer, http, clock));
        this.proofs = new ClientProofs(client, clock);
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
        boolean namesItself = client.consent().issuerPromised()
                || discovery.map(source -> source.metadata().namesItself()).orElse(false);
        return new Place(address, client.consent().issuer().or(client::issuer), namesItself);
    }

    URI deviceAuthorization() {
        return find(
                        DeviceAuthorization.REQUEST,
                        "device-authorization-endpoint",
                        client.deviceAuthorizationEndpoint(),
                        ServerMetadata::deviceAuthorizationEndpoint)
                .orElseThrow(() -> unusable(
                        DeviceAuthorization.REQUEST,
                        "is not made: this server has no device-authorization-endpoint; log in with --browser or"
                                + " --paste"));
    }

    /** Where tokens can be revoked (RFC 7009); empty when this server does not do it, as Microsoft's. */
    public Optional<URI> revocation() {
        return find(REVOCATION, "revocation-endpoint", client.revocationEndpoint(), ServerMetadata::revocationEndpoint);
    }

    /** Where the server tells whose token it is; empty when it does not. */
    Optional<URI> userinfo(String request) {
        return find(
                request, "userinfo-endpoint", client.consent().userinfoEndpoint(), ServerMetadata::userinfoEndpoint);
    }

    /**
     * Ends a refresh token and all that came from it (RFC 7009); one that is not known any more is no error.
     *
     * @throws OAuthException when the server did not do it
     */
    public void revoke(URI endpoint, Secret refreshToken) {
        post(
                REVOCATION,
                endpoint,
                Map.of("token", refreshToken.reveal(), "token_type_hint", "refresh_token"),
                List.of(refreshToken));
    }

    /**
     * A form with the client's proof, which is the same as for tokens (RFC 8628 section 3.1, RFC 7009 section 2.1).
     *
     * @throws OAuthException when it was refused or not answered
     */
    HttpAnswer post(String request, URI address, Map<String, String> parameters, List<Secret> secrets) {
        Map<String, String> form = new LinkedHashMap<>(parameters);
        form.put("client_id", client.clientId());
        List<Secret> hidden = new ArrayList<>(secrets);
        client.clientSecret().ifPresent(hidden::add);
        Attempt bare = new Attempt(account, request, Optional.of(address), hidden);
        ClientProof proof = proof(bare, address);
        form.putAll(proof.parameters());
        Attempt attempt = bare.alsoHiding(proof.hidden());
        HttpAnswer answer = send(attempt, address, encoded(form), proof.authorization());
        if (!answer.succeeded()) {
            throw OAuthErrors.classify(attempt, Failure.Refused.of(answer, clock, proof.signed(), false));
        }
        return answer;
    }

    /** Assertions are for the server as a whole, which its token endpoint stands for (RFC 7523 section 3, number 3). */
    private ClientProof proof(Attempt attempt, URI address) {
        if (client.tokenEndpoint().isPresent()) {
            return proofs.show(attempt, client.tokenEndpoint().get(), List.of());
        }
        Optional<ServerMetadata> known = discovery.map(Discovery::metadata);
        URI audience = known.flatMap(ServerMetadata::tokenEndpoint).orElse(address);
        return proofs.show(
                attempt,
                audience,
                known.map(ServerMetadata::authenticationMethods).orElse(List.of()));
    }

    private HttpAnswer send(Attempt attempt, URI address, String form, Optional<String> authorization) {
        try {
            return http.post(address, form, authorization, clock);
        } catch (IOException e) {
            throw OAuthErrors.classify(attempt, new Failure.Unreachable(e));
        }
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry ->
                        URLEncoder.encode(entry.getKey(), UTF_8) + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
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
