package io.mailroutes.oauth;

import io.mailroutes.account.ClientAuthentication;
import io.mailroutes.account.OAuthClient;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Proves one client to its server, alike at each of its endpoints. */
final class ClientProofs {
    private final OAuthClient client;
    private final Assertions assertions;

    ClientProofs(OAuthClient client, Clock clock) {
        this.client = client;
        this.assertions = new Assertions(client, clock);
    }

    /**
     * A new proof.
     *
     * @param tokenEndpoint whom an assertion is for, unless the account says the issuer
     * @param supported what the server says it takes; empty when it did not say
     * @throws OAuthException when the method needs what the account does not have, or a file cannot be used
     */
    ClientProof show(Attempt attempt, URI tokenEndpoint, List<String> supported) {
        ClientAuthentication method = ClientProof.resolve(client, supported);
        boolean signs = method == ClientAuthentication.PRIVATE_KEY_JWT;
        Optional<ClientProof> proof = signs
                ? assertions
                        .forClient(attempt, tokenEndpoint)
                        .map(assertion -> ClientProof.assertion(client, assertion))
                : ClientProof.of(client, method);
        return proof.orElseThrow(() -> OAuthErrors.classify(
                attempt,
                new Failure.Unusable("is not made: KEY(client-authentication)=" + method.key() + " needs "
                        + (signs ? "KEY(private-key-file) or KEY(assertion-file)" : "KEY(client-secret)"))));
    }
}
