package io.mailroutes.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the endpoints of an issuer, at the first request that needs one, and remembers them. Asks at the address of
 * OpenID Connect Discovery section 4 first, which most servers have, then at that of RFC 8414 section 3.
 *
 * <p>Safe for many threads: at worst two of them ask at once, and no lock is held while they do.
 */
public final class Discovery {
    private final String account;
    private final URI issuer;
    private final OAuthHttp http;
    private final Clock clock;
    private final EndpointTrust trust;
    private volatile @Nullable ServerMetadata found;

    public Discovery(String account, URI issuer, OAuthHttp http, Clock clock) {
        this.account = account;
        this.issuer = issuer;
        this.http = http;
        this.clock = clock;
        this.trust = new EndpointTrust(issuer, InetAddress::getAllByName);
    }

    /** @throws OAuthException when the document cannot be had, or is not this issuer's */
    public ServerMetadata metadata() {
        ServerMetadata known = found;
        if (known == null) {
            known = ask();
            found = known;
        }
        return known;
    }

    private ServerMetadata ask() {
        SecureAddress.objection(issuer).ifPresent(objection -> {
            throw fail(issuer, new Failure.Unusable("is not made: KEY(issuer) " + objection));
        });
        URI openId = URI.create(withoutSlash(issuer.toString()) + "/.well-known/openid-configuration");
        HttpAnswer answer = get(openId);
        if (answer.status() / 100 != 4 || answer.status() == 408 || answer.status() == 429) {
            return read(openId, answer);
        }
        URI oauth = rfc8414Address();
        return read(oauth, get(oauth));
    }

    /** RFC 8414 section 3.1: the well-known part stands between the host and the path of the issuer. */
    private URI rfc8414Address() {
        String path = withoutSlash(Optional.ofNullable(issuer.getRawPath()).orElse(""));
        return URI.create(issuer.getScheme() + "://" + issuer.getRawAuthority()
                + "/.well-known/oauth-authorization-server" + path);
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private HttpAnswer get(URI address) {
        try {
            return http.get(address, Optional.empty(), clock);
        } catch (IOException e) {
            throw fail(address, new Failure.Unreachable(e));
        }
    }

    private ServerMetadata read(URI address, HttpAnswer answer) {
        if (!answer.succeeded()) {
            throw fail(address, Failure.Refused.of(answer, clock));
        }
        if (!answer.isJson()) {
            throw fail(address, new Failure.NotJson(TokenResponseParser.kind(answer)));
        }
        ObjectNode document = StrictJson.object(answer.body())
                .orElseThrow(() -> fail(address, new Failure.Malformed("it is not one well-formed JSON object")));
        requireIssuer(address, document);
        return new ServerMetadata(
                member -> endpoint(address, document, member),
                texts(document.path("token_endpoint_auth_methods_supported")),
                document.path("authorization_response_iss_parameter_supported").asBoolean(false));
    }

    /** RFC 8414 section 3.3: identical, or the document may be an impostor's. */
    private void requireIssuer(URI address, ObjectNode document) {
        String named = StrictJson.text(document, "issuer").orElse("(none)");
        if (!named.equals(issuer.toString())) {
            throw fail(
                    address,
                    new Failure.Malformed("it is the document of issuer " + named + ", but configured is " + issuer
                            + " (a slash at the end counts)"));
        }
    }

    private Optional<URI> endpoint(URI address, ObjectNode document, String member) {
        Optional<String> value = StrictJson.text(document, member);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI endpoint = new URI(value.get());
            trust.objection(endpoint).ifPresent(objection -> {
                throw fail(
                        address,
                        new Failure.Malformed("its " + member + " " + objection + "; if that is how it should be, set"
                                + " mailroutes.accounts." + account + "." + member.replace('_', '-') + " to it"));
            });
            return Optional.of(endpoint);
        } catch (URISyntaxException e) {
            throw fail(address, new Failure.Malformed("its " + member + " is not an address"));
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private OAuthException fail(URI address, Failure failure) {
        return OAuthErrors.classify(
                new Attempt(account, "the discovery request", Optional.of(address), List.of()), failure);
    }
}
