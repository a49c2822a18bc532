package io.mailroutes.oauth;

import static io.mailroutes.oauth.PermanentOAuthException.Kind.ADMINISTRATOR;
import static io.mailroutes.oauth.PermanentOAuthException.Kind.CONFIGURATION;
import static io.mailroutes.oauth.PermanentOAuthException.Kind.RECONSENT;
import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;

/** What the {@code error} codes mean: RFC 6749 section 5.2, RFC 8628, RFC 8707, OpenID Connect, and the providers' own. */
final class ErrorCodes {
    private static final Verdict LATER = Verdict.later(Advice.AGAIN);
    private static final Verdict CONSENT_AGAIN = Verdict.permanent(RECONSENT, Advice.CONSENT_AGAIN);
    private static final Verdict CODE_ENDED = Verdict.permanent(
            RECONSENT, "The code that was to be typed in has expired or is not known any more. " + Advice.BEGIN_ANEW);

    private static final Map<String, Verdict> TABLE = Map.ofEntries(
            entry(
                    "invalid_client",
                    configuration(
                            "The client id or secret is wrong, expired or deleted: check KEY(client-id) and KEY(client-secret).")),
            entry(
                    "invalid_grant",
                    Verdict.permanent(
                            RECONSENT,
                            "The code of a login or the refresh token has expired, was revoked or used twice, or belongs to another client. "
                                    + Advice.CONSENT_AGAIN)),
            entry(
                    "unauthorized_client",
                    configuration(
                            "This client may not use this grant: allow it where the client is registered, or change KEY(grant).")),
            entry("unsupported_grant_type", configuration("The server does not offer this grant: change KEY(grant).")),
            entry(
                    "invalid_scope",
                    configuration(
                            "The server does not know or allow the scope: check KEY(scope). Google wants https://mail.google.com/ "
                                    + "with the slash, Microsoft https://outlook.office365.com/.default for client credentials.")),
            entry(
                    "invalid_target",
                    configuration("The server does not know the resource: check KEY(resource) and KEY(audience).")),
            entry("invalid_resource", configuration("The server does not know the resource: check KEY(resource).")),
            entry(
                    "invalid_request",
                    configuration(
                            "The server misses or dislikes a parameter: check KEY(client-secret), KEY(client-authentication), "
                                    + "KEY(scope) and KEY(token-parameters.*).")),
            entry(
                    "redirect_uri_mismatch",
                    configuration("The redirect address is not registered for this client: register it, or set"
                            + " KEY(redirect-uri) to one that is.")),
            entry("deleted_client", configuration("The client was deleted: set another KEY(client-id).")),
            entry("disabled_client", Verdict.permanent(ADMINISTRATOR, "The client was disabled at the provider.")),
            entry(
                    "access_denied",
                    Verdict.permanent(
                            ADMINISTRATOR,
                            "A policy of the mail domain forbids it: its administrator has to allow this client.")),
            entry("admin_policy_enforced", Verdict.permanent(ADMINISTRATOR, Advice.GOOGLE_POLICY)),
            entry("org_internal", configuration(Advice.GOOGLE_INTERNAL)),
            entry("interaction_required", CONSENT_AGAIN),
            entry("consent_required", CONSENT_AGAIN),
            entry("login_required", CONSENT_AGAIN),
            entry(
                    "authorization_declined",
                    Verdict.permanent(RECONSENT, "Somebody chose not to consent. " + Advice.BEGIN_ANEW)),
            entry("expired_token", CODE_ENDED),
            entry("bad_verification_code", CODE_ENDED),
            entry("authorization_pending", LATER),
            entry("temporarily_unavailable", LATER),
            entry("server_error", LATER),
            entry("slow_down", LATER),
            entry("rate_limit_exceeded", LATER),
            entry("internal_failure", LATER));

    private ErrorCodes() {}

    static Optional<Verdict> verdict(ServerError error) {
        return Optional.ofNullable(TABLE.get(error.error()));
    }

    private static Verdict configuration(String advice) {
        return Verdict.permanent(CONFIGURATION, advice);
    }
}
