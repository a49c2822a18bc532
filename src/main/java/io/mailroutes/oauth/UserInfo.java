package io.mailroutes.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Asks the server whose token it has given (OpenID Connect Core section 5.3). */
public final class UserInfo {
    private static final String REQUEST = "the userinfo request";

    private final AuthorizationServer server;
    private final OAuthHttp http;
    private final Clock clock;

    public UserInfo(AuthorizationServer server, OAuthHttp http, Clock clock) {
        this.server = server;
        this.http = http;
        this.clock = clock;
    }

    /**
     * Who signed in: as the token's own answer says, else as the userinfo endpoint does.
     *
     * @throws OAuthException when there is such an endpoint, and it did not answer or contradicts the id_token
     */
    public Identity of(TokenResponse response) {
        Identity known = response.signedIn();
        Optional<URI> endpoint = known.names().isEmpty() ? server.userinfo(REQUEST) : Optional.empty();
        return endpoint.map(address -> ask(address, response)).orElse(known);
    }

    private Identity ask(URI address, TokenResponse response) {
        Attempt attempt = new Attempt(
                server.account(),
                REQUEST,
                Optional.of(address),
                List.of(response.accessToken().value()));
        HttpAnswer answer = get(attempt, address, response);
        if (!answer.succeeded()) {
            throw OAuthErrors.classify(attempt, Failure.Refused.of(answer, clock));
        }
        if (!answer.isJson()) {
            throw OAuthErrors.classify(attempt, new Failure.NotJson(TokenResponseParser.kind(answer)));
        }
        ObjectNode claims = StrictJson.object(answer.body())
                .orElseThrow(() -> malformed(attempt, "it is not one well-formed JSON object"));
        Identity identity = Identity.of(claims);
        Optional<String> subject = response.signedIn().subject();
        if (subject.isPresent() && !subject.equals(identity.subject())) {
            throw malformed(attempt, "it is about another person (sub) than the id_token (OpenID Connect Core 5.3.2)");
        }
        return identity;
    }

    private HttpAnswer get(Attempt attempt, URI address, TokenResponse response) {
        try {
            return http.get(
                    address,
                    Optional.of("Bearer " + response.accessToken().value().reveal()),
                    clock);
        } catch (IOException e) {
            throw OAuthErrors.classify(attempt, new Failure.Unreachable(e));
        }
    }

    private static OAuthException malformed(Attempt attempt, String problem) {
        return OAuthErrors.classify(attempt, new Failure.Malformed(problem));
    }
}
