package io.mailroutes.oauth;

import static io.mailroutes.oauth.PermanentOAuthException.Kind.ADMINISTRATOR;
import static io.mailroutes.oauth.PermanentOAuthException.Kind.CONFIGURATION;
import static io.mailroutes.oauth.PermanentOAuthException.Kind.RECONSENT;
import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;

/** What the {@code error} codes mean: RFC 6749 section 5.2, RFC 8707, OpenID Connect, and the providers' own. */
final class ErrorCodes {
    private static final String CONSENT_AGAIN =
            "The mailbox owner has to consent again: by mailroutes login, or by a new refresh token in KEY(refresh-token).";
    private static final String POLICY =
            "A policy of the mail domain forbids it: its administrator has to allow this client.";
    private static final Verdict LATER = Verdict.later("It will be tried again.");

    private static final Map<String, Verdict> TABLE = Map.ofEntries(
            entry(
                    "invalid_client",
                    Verdict.permanent(
                            CONFIGURATION,
                            "The client id or secret is wrong, expired or deleted: check KEY(client-id) and KEY(client-secret).")),
            entry(
                    "invalid_grant",
                    Verdict.permanent(
                            RECONSENT,
                            "The code of a login or the refresh token has expired, was revoked or used twice, or belongs to another client. "
                                    + CONSENT_AGAIN)),
            entry(
                    "unauthorized_client",
                    Verdict.permanent(
                            CONFIGURATION,
                            "This client may not use this grant: allow it where the client is registered, or change KEY(grant).")),
            entry(
                    "unsupported_grant_type",
                    Verdict.permanent(CONFIGURATION, "The server does not offer this grant: change KEY(grant).")),
            entry(
                    "invalid_scope",
                    Verdict.permanent(
                            CONFIGURATION,
                            "The server does not know or allow the scope: check KEY(scope). Google wants https://mail.google.com/ "
                                    + "with the slash, Microsoft https://outlook.office365.com/.default for client credentials.")),
            entry(
                    "invalid_target",
                    Verdict.permanent(
                            CONFIGURATION,
                            "The server does not know the resource: check KEY(resource) and KEY(audience).")),
            entry(
                    "invalid_resource",
                    Verdict.permanent(CONFIGURATION, "The server does not know the resource: check KEY(resource).")),
            entry(
                    "invalid_request",
                    Verdict.permanent(
                            CONFIGURATION,
                            "The server misses or dislikes a parameter: check KEY(client-secret), KEY(client-authentication), "
                                    + "KEY(scope) and KEY(token-parameters.*).")),
            entry(
                    "deleted_client",
                    Verdict.permanent(CONFIGURATION, "The client was deleted: set another KEY(client-id).")),
            entry("disabled_client", Verdict.permanent(ADMINISTRATOR, "The client was disabled at the provider.")),
            entry("access_denied", Verdict.permanent(ADMINISTRATOR, POLICY)),
            entry("admin_policy_enforced", Verdict.permanent(ADMINISTRATOR, POLICY)),
            entry("org_internal", Verdict.permanent(ADMINISTRATOR, POLICY)),
            entry("interaction_required", Verdict.permanent(RECONSENT, CONSENT_AGAIN)),
            entry("consent_required", Verdict.permanent(RECONSENT, CONSENT_AGAIN)),
            entry("login_required", Verdict.permanent(RECONSENT, CONSENT_AGAIN)),
            entry("temporarily_unavailable", LATER),
            entry("server_error", LATER),
            entry("slow_down", LATER),
            entry("internal_failure", LATER));

    private ErrorCodes() {}

    static Optional<Verdict> verdict(ServerError error) {
        if (error.error().equals("invalid_grant") && error.detail().contains("rapt")) {
            return Optional.of(Verdict.permanent(
                    RECONSENT,
                    "Google's session control ended the consent and will do so again: the Workspace administrator can exempt "
                            + "this client. " + CONSENT_AGAIN));
        }
        return Optional.ofNullable(TABLE.get(error.error()));
    }
}
