package io.mailroutes.account;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How a person is asked to consent.
 *
 * @param issuer whom the answer must name when it names anybody (RFC 9207); empty when the server has no one name
 * @param issuerPromised whether the provider is known to name it in every answer, whatever its metadata says
 * @param redirectUri where the answer goes; a loopback address without a port stands for any port
 * @param redirectPort the port to listen on, 0 for any free one; without effect when {@code redirectUri} has a port
 * @param identityScope scopes asked for beside the account's, to learn who signed in
 * @param userinfoEndpoint where the server tells whose token it is (OpenID Connect Core section 5.3)
 * @param revocationReach what else a revocation would end, as the end of a sentence; empty when nothing else
 */
public record Consent(
        Optional<URI> issuer,
        boolean issuerPromised,
        URI redirectUri,
        int redirectPort,
        List<String> identityScope,
        Optional<URI> userinfoEndpoint,
        Optional<String> revocationReach) {
    /** By a loopback listener on any port (RFC 8252 section 7.3). */
    public static final Consent LOOPBACK = new Consent(
            Optional.empty(),
            false,
            URI.create("http://127.0.0.1/callback"),
            0,
            List.of(),
            Optional.empty(),
            Optional.empty());

    public Consent {
        identityScope = List.copyOf(identityScope);
    }

    /** Whether a listener on this machine can take the answer. */
    public boolean reachesThisMachine() {
        return "http".equals(redirectUri.getScheme()) && Loopback.is(redirectUri.getHost());
    }
}
