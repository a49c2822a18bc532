package io.mailroutes.oauth;

import io.mailroutes.oauth.PermanentOAuthException.Kind;
import java.util.Locale;
import java.util.Optional;

/** What a refusal means when the request was signed; Google tells its reasons apart by their text alone. */
final class AssertionErrors {
    private static final String CLOCK =
            "Assertions live for minutes: set this machine's clock (NTP). It will be tried again.";

    private AssertionErrors() {}

    static Optional<Verdict> verdict(Failure.Refused refused) {
        return switch (refused.signed()) {
            case NOTHING -> Optional.empty();
            case CLIENT -> client(refused.error());
            case GRANT -> grant(refused);
        };
    }

    private static Optional<Verdict> client(ServerError error) {
        return error.error().equals("invalid_client") && error.numbers().isEmpty()
                ? Optional.of(configuration(
                        "The server does not accept the assertion: check KEY(client-id), that the server has the public half"
                                + " of KEY(private-key-file) under KEY(key-id), KEY(assertion-audience),"
                                + " KEY(assertion-algorithm), and this machine's clock; with KEY(assertion-file) the trust"
                                + " in its issuer."))
                : Optional.empty();
    }

    private static Optional<Verdict> grant(Failure.Refused refused) {
        return switch (refused.error().error()) {
            case "invalid_grant" -> Optional.of(invalidGrant(refused));
            case "unauthorized_client", "access_denied" ->
                Optional.of(Verdict.permanent(
                        Kind.ADMINISTRATOR,
                        "Delegation is not authorised: in the Workspace Admin console, under API controls, Domain-wide"
                                + " delegation, the administrator adds the service account's numeric client id with exactly"
                                + " KEY(scope). It takes up to a day to spread."));
            default -> Optional.empty();
        };
    }

    private static Verdict invalidGrant(Failure.Refused refused) {
        String words = refused.error().description().toLowerCase(Locale.ROOT);
        if (words.contains("signature") || words.contains("key")) {
            return configuration("The server does not know the key: was it deleted? Create a new one and set"
                    + " KEY(service-account-file) or KEY(private-key-file) with KEY(key-id).");
        }
        if (words.contains("user id") || words.contains("email")) {
            return configuration("There is no such user in the domain: check KEY(subject), by default KEY(user).");
        }
        if (words.contains("account not found") || words.contains("deleted") || words.contains("disabled")) {
            return configuration("The service account is gone or disabled: check KEY(service-account-file).");
        }
        boolean time = words.contains("jwt") || words.contains("iat") || words.contains("expired");
        // With a right clock it was bad luck once, and a second time it is the assertion.
        return time && (refused.skew().isPresent() || !refused.again())
                ? Verdict.later(CLOCK)
                : configuration("The server does not accept the assertion: check KEY(subject), KEY(scope),"
                        + " KEY(service-account-file) and this machine's clock.");
    }

    private static Verdict configuration(String advice) {
        return Verdict.permanent(Kind.CONFIGURATION, advice);
    }
}
