package io.mailroutes.account;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that token requests of one account need, the provider's row and the account's own keys merged.
 *
 * @param issuer the issuer for discovery (RFC 8414, OpenID Connect Discovery); empty when endpoints are given
 * @param clientSecretExpires the day after which a person has put down that the secret ends; no server tells it
 * @param scope the scopes to ask for, in the configured order
 * @param assertion what the client, or the grant of a service account, is proved by in place of a secret
 * @param subject the user in whose name a service account asks
 */
public record OAuthClient(
        Optional<URI> issuer,
        Optional<URI> authorizationEndpoint,
        Optional<URI> tokenEndpoint,
        Optional<URI> deviceAuthorizationEndpoint,
        Optional<URI> revocationEndpoint,
        String clientId,
        Optional<Secret> clientSecret,
        Optional<LocalDate> clientSecretExpires,
        ClientAuthentication authentication,
        List<String> scope,
        Optional<String> audience,
        Optional<String> resource,
        Map<String, String> authorizationParameters,
        Map<String, String> tokenParameters,
        Optional<Secret> refreshToken,
        Optional<AssertionSource> assertion,
        Optional<String> subject,
        Consent consent) {
    public OAuthClient {
        scope = List.copyOf(scope);
        authorizationParameters = Map.copyOf(authorizationParameters);
        tokenParameters = Map.copyOf(tokenParameters);
    }

    /**
     * When the certificate ends that the client is proved by, read from its file now; empty when there is none, or it
     * cannot be read.
     */
    public Optional<Instant> certificateEnd() {
        return assertion
                .filter(AssertionSource.KeyFile.class::isInstance)
                .flatMap(source -> certificateEnd((AssertionSource.KeyFile) source));
    }

    private static Optional<Instant> certificateEnd(AssertionSource.KeyFile source) {
        try {
            return SigningIdentity.load(source).certificateEnd();
        } catch (KeyFileException saidAtTheNextRequest) {
            return Optional.empty();
        }
    }

    /** Without secrets, and without the values of parameters, which may be some. */
    @Override
    public String toString() {
        return "OAuthClient[issuer=%s, tokenEndpoint=%s, clientId=%s, authentication=%s, scope=%s, parameters=%s %s]"
                .formatted(
                        issuer.map(OAuthClient::bare).orElse("none"),
                        tokenEndpoint.map(OAuthClient::bare).orElse("none"),
                        clientId,
                        authentication.key(),
                        scope,
                        authorizationParameters.keySet(),
                        tokenParameters.keySet());
    }

    /** Without its query. */
    private static String bare(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
