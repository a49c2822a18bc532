package io.mailroutes.oauth;

import io.mailroutes.oauth.PermanentOAuthException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Refusals whose reason stands in the description alone, under a code that means many things. The texts are those of
 * Google and of Keycloak's {@code TokenManager}; another server's text leaves the decision to the code.
 */
final class ErrorTexts {
    /** @param text a part of the description, in lower case */
    private record Row(String error, String text, Verdict verdict) {}

    /** The first that fits counts. */
    private static final List<Row> TABLE = List.of(
            new Row(
                    "invalid_grant",
                    "rapt",
                    consent(
                            "Google's session control ended the consent and will do so again: the Workspace administrator"
                                    + " can exempt this client (Admin console, Security, Google Cloud session control).")),
            new Row(
                    "invalid_grant",
                    "token has been expired or revoked",
                    consent("Google ends a consent when the owner withdraws it or changes the password, after 6 months"
                            + " without use, when more than 100 newer ones exist for this client, and after 7 days while"
                            + " the consent screen is in Testing (then publish it first).")),
            new Row("invalid_grant", "invalid email or user id", noAccount()),
            new Row("invalid_grant", "account not found", noAccount()),
            new Row("invalid_grant", "account has been deleted", noAccount()),
            new Row(
                    "invalid_grant",
                    "reuse exceeded",
                    consent("The refresh token was used twice: by another program or another installation with the same"
                            + " tokens, by a restored backup, or because an answer was lost. Let one alone use them.")),
            new Row(
                    "invalid_grant",
                    "offline session not active",
                    consent(
                            "The offline session of this login has ended: Keycloak ends it after 30 days without use, or"
                                    + " an administrator did.")),
            new Row("invalid_grant", "token is not active", sessionEnded()),
            new Row("invalid_grant", "session not active", sessionEnded()),
            new Row(
                    "invalid_request",
                    "client_secret is missing",
                    configuration("This client has a secret and must send it: set KEY(client-secret). Google's Desktop"
                            + " clients have one too.")),
            new Row(
                    "invalid_scope",
                    "device flow scope",
                    configuration("Google gives no device code for mail: use " + Advice.LOGIN
                            + " --browser, or --paste on a machine without a browser.")));

    private ErrorTexts() {}

    static Optional<Verdict> verdict(ServerError error) {
        String text = (error.detail() + " " + error.description()).toLowerCase(Locale.ROOT);
        if (error.error().equals("invalid_grant") && text.strip().equals("bad request")) {
            return Optional.of(wrongClient());
        }
        return TABLE.stream()
                .filter(row -> row.error().equals(error.error()) && text.contains(row.text()))
                .map(Row::verdict)
                .findFirst();
    }

    private static Verdict wrongClient() {
        return configuration("Google says no more when a token belongs to another client: KEY(client-id) and"
                + " KEY(client-secret) must be those of the login. If they are: " + Advice.LOGIN);
    }

    private static Verdict noAccount() {
        return configuration("There is no such mailbox at the provider any more: check KEY(user).");
    }

    private static Verdict sessionEnded() {
        return consent("The session of this login has ended at the server (Keycloak: SSO Session Idle or Max). It lasts"
                + " longer with offline_access in KEY(scope).");
    }

    private static Verdict consent(String reason) {
        return Verdict.permanent(Kind.RECONSENT, reason + " " + Advice.CONSENT_AGAIN);
    }

    private static Verdict configuration(String advice) {
        return Verdict.permanent(Kind.CONFIGURATION, advice);
    }
}
