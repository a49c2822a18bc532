package io.mailroutes.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Asks for tokens (RFC 6749 sections 3.2, 4.4 and 6) on behalf of one account. One call is one attempt: when to try
 * again is the caller's business. Safe for many threads; touches no network before the first call.
 */
public final class TokenEndpoint {
    /** Where to ask, and what the server accepts as proof of the client. */
    private record Place(URI address, List<String> authenticationMethods) {}

    private final String account;
    private final OAuthClient client;
    private final RequestedScope scope;
    private final OAuthHttp http;
    private final Clock clock;
    private final Assertions assertions;
    private final ClientProofs proofs;
    private final Optional<Discovery> discovery;
    private final AtomicBoolean refusedBefore = new AtomicBoolean();

    public TokenEndpoint(String account, OAuthClient client, OAuthHttp http, Clock clock) {
        this.account = account;
        this.client = client;
        this.scope = new RequestedScope(client.scope());
        this.http = http;
        this.clock = clock;
        this.assertions = new Assertions(client, clock);
        this.proofs = new ClientProofs(client, clock);
        this.discovery = client.issuer().map(issuer -> new Discovery(account, issuer, http, clock));
    }

    /**
     * Finds the endpoint, by discovery when none is configured. {@link #exchange} does it too; calling it before keeps
     * the time of discovery out of whatever is held during the exchange.
     *
     * @throws OAuthException when there is no usable endpoint
     */
    public void locate() {
        place();
    }

    /**
     * One token request.
     *
     * @throws OAuthException transient or permanent, with the reason and the advice in its message
     */
    public TokenResponse exchange(Grant grant) {
        Place place = place();
        Attempt request = new Attempt(
                account, "the token request (" + grant.label() + ")", Optional.of(place.address()), secrets(grant));
        ClientProof proof = grant instanceof Grant.ServiceAccount account
                ? grantProof(request, place.address(), account)
                : proofs.show(request, place.address(), place.authenticationMethods());
        Attempt attempt = request.alsoHiding(proof.hidden());
        Instant sentAt = clock.instant();
        HttpAnswer answer = send(attempt, place.address(), form(grant, proof), proof.authorization());
        if (!answer.succeeded()) {
            boolean again = refusedBefore.get();
            refusedBefore.set(answer.status() / 100 == 4);
            throw OAuthErrors.classify(attempt, Failure.Refused.of(answer, clock, proof.signed(), again));
        }
        refusedBefore.set(false);
        return new TokenResponseParser(attempt).parse(answer, grant, scope, sentAt);
    }

    private Place place() {
        if (client.tokenEndpoint().isPresent()) {
            URI address = client.tokenEndpoint().get();
            SecureAddress.objection(address).ifPresent(objection -> {
                throw unusable(Optional.of(address), "is not made: KEY(token-endpoint) " + objection);
            });
            return new Place(address, List.of());
        }
        Discovery source = discovery.orElseThrow(
                () -> unusable(Optional.empty(), "is not made: neither KEY(token-endpoint) nor KEY(issuer) is set"));
        ServerMetadata metadata = source.metadata();
        URI address = metadata.tokenEndpoint()
                .orElseThrow(
                        () -> unusable(Optional.empty(), "is not made: the issuer's document names no token_endpoint"));
        return new Place(address, metadata.authenticationMethods());
    }

    private OAuthException unusable(Optional<URI> address, String problem) {
        return OAuthErrors.classify(
                new Attempt(account, "the token request", address, List.of()), new Failure.Unusable(problem));
    }

    private ClientProof grantProof(Attempt attempt, URI address, Grant.ServiceAccount grant) {
        return assertions
                .forSubject(attempt, address, grant.subject(), scope)
                .map(ClientProof::grant)
                .orElseThrow(() -> OAuthErrors.classify(
                        attempt, new Failure.Unusable("is not made: KEY(service-account-file) is not set")));
    }

    private HttpAnswer send(Attempt attempt, URI address, String form, Optional<String> authorization) {
        try {
            return http.post(address, form, authorization, clock);
        } catch (IOException e) {
            throw OAuthErrors.classify(attempt, new Failure.Unreachable(e));
        }
    }

    /** What the configuration adds never replaces what the grant and the client's proof need. */
    private String form(Grant grant, ClientProof proof) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", grant.type());
        form.putAll(grant.parameters());
        if (grant.choosesScope() && !scope.values().isEmpty() && proof.signed() != Signed.GRANT) {
            form.put("scope", scope.parameter());
        }
        client.audience().ifPresent(value -> form.put("audience", value));
        client.resource().ifPresent(value -> form.put("resource", value));
        form.putAll(proof.parameters());
        client.tokenParameters().forEach(form::putIfAbsent);
        return form.entrySet().stream()
                .map(entry ->
                        URLEncoder.encode(entry.getKey(), UTF_8) + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private List<Secret> secrets(Grant grant) {
        List<Secret> secrets = new ArrayList<>(grant.secrets());
        client.clientSecret().ifPresent(secrets::add);
        return secrets;
    }
}
