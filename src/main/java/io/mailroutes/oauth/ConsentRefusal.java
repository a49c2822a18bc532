package io.mailroutes.oauth;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.PermanentOAuthException.Kind;
import java.util.List;
import java.util.Optional;

/** The words for a consent of which nothing comes. */
final class ConsentRefusal {
    private static final Verdict UNKNOWN = Verdict.permanent(
            Kind.CONFIGURATION,
            "Check KEY(client-id), KEY(redirect-uri) and what is registered for this client. " + Advice.BEGIN_ANEW);
    private static final Verdict DENIED = Verdict.permanent(
            Kind.RECONSENT,
            "Somebody chose not to consent, or a policy of the mail domain forbids it: then its administrator has to allow"
                    + " this client. " + Advice.BEGIN_ANEW);
    private static final Verdict CLIENT = Verdict.permanent(
            Kind.CONFIGURATION, "This client may not use this grant: allow it where the client is registered.");
    private static final Verdict LATER = Verdict.permanent(Kind.RECONSENT, "Try again later: " + Advice.LOGIN);

    private final String account;

    ConsentRefusal(String account) {
        this.account = account;
    }

    /** The server's own refusal (RFC 6749 section 4.1.2.1). */
    PermanentOAuthException byServer(ServerError said, List<Secret> secrets) {
        Verdict verdict = verdict(said);
        String words = OAuthErrors.withoutFullStop(ForeignText.clean(said.words(), secrets));
        return of(
                verdict.kind().orElse(Kind.RECONSENT),
                "the authorization server gave no consent, " + words + ". Nothing was stored. " + verdict.advice());
    }

    /** What came is not the answer to what was asked: whose it is, nobody can tell. */
    PermanentOAuthException suspicious(String problem) {
        return of(
                Kind.RECONSENT,
                "the answer of the browser is not used, because " + problem + ". Nothing was stored. "
                        + Advice.BEGIN_ANEW);
    }

    /** @param text in the language of {@link Advice} */
    PermanentOAuthException of(Kind kind, String text) {
        Attempt login = new Attempt(account, "the login", Optional.empty(), List.of());
        return new PermanentOAuthException(kind, "Account " + account + ": " + OAuthErrors.named(login, text));
    }

    /** The number of Microsoft first, as at the token endpoint; some codes mean another thing where a person chooses. */
    private static Verdict verdict(ServerError said) {
        return MicrosoftCodes.verdict(said)
                .or(() -> ofThePage(said.error()))
                .or(() -> ErrorCodes.verdict(said))
                .orElse(UNKNOWN);
    }

    private static Optional<Verdict> ofThePage(String error) {
        return switch (error) {
            case "access_denied", "authorization_declined" -> Optional.of(DENIED);
            case "unauthorized_client", "unsupported_response_type" -> Optional.of(CLIENT);
            case "server_error", "temporarily_unavailable" -> Optional.of(LATER);
            case "invalid_request" -> Optional.of(UNKNOWN);
            default -> Optional.empty();
        };
    }
}
