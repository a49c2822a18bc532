package io.mailroutes.oauth;

import static io.mailroutes.oauth.PermanentOAuthException.Kind.ADMINISTRATOR;
import static io.mailroutes.oauth.PermanentOAuthException.Kind.CONFIGURATION;
import static io.mailroutes.oauth.PermanentOAuthException.Kind.RECONSENT;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.PermanentOAuthException.Kind;
import java.util.List;

/** The words for a consent of which nothing comes. */
final class ConsentRefusal {
    private static final String ANEW = " Begin anew: mailroutes login ";

    private final String account;

    ConsentRefusal(String account) {
        this.account = account;
    }

    /** The server's own refusal (RFC 6749 section 4.1.2.1). */
    PermanentOAuthException byServer(String error, String description, List<Secret> secrets) {
        String words = ForeignText.clean(error + (description.isEmpty() ? "" : ": " + description), secrets);
        return of(kind(error), "the authorization server gave no consent, " + words + ". " + advice(error));
    }

    /** What came is not the answer to what was asked: whose it is, nobody can tell. */
    PermanentOAuthException suspicious(String problem) {
        return of(
                RECONSENT,
                "the answer of the browser is not used, because " + problem + ". Nothing was stored." + ANEW + account);
    }

    PermanentOAuthException of(Kind kind, String text) {
        return new PermanentOAuthException(kind, "Account " + account + ": " + text);
    }

    private static Kind kind(String error) {
        return switch (error) {
            case "access_denied", "consent_required", "login_required", "interaction_required" -> RECONSENT;
            case "admin_policy_enforced", "org_internal" -> ADMINISTRATOR;
            default -> CONFIGURATION;
        };
    }

    private String advice(String error) {
        return switch (error) {
            case "access_denied" ->
                "Somebody chose not to consent, or a policy of the mail domain forbids it: then its administrator has to"
                        + " allow this client." + ANEW + account;
            case "invalid_scope" -> "Check " + key("scope") + ".";
            case "unauthorized_client", "unsupported_response_type" ->
                "This client may not use this grant: allow it where the client is registered.";
            case "server_error", "temporarily_unavailable" -> "Try again later: mailroutes login " + account;
            default ->
                "Check " + key("client-id") + ", " + key("redirect-uri") + " and what is registered for this client."
                        + ANEW + account;
        };
    }

    private String key(String name) {
        return "mailroutes.accounts." + account + "." + name;
    }
}
