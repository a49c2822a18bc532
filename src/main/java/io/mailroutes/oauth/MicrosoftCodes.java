package io.mailroutes.oauth;

import io.mailroutes.oauth.PermanentOAuthException.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The AADSTS numbers of Microsoft Entra (its page "Microsoft Entra authentication and authorization error codes"), which
 * say more than {@code error} does. A number not listed here leaves the decision to {@code error}, as Microsoft asks.
 */
final class MicrosoftCodes {
    private static final Map<Integer, Verdict> TABLE = table();

    private MicrosoftCodes() {}

    static Optional<Verdict> verdict(ServerError error) {
        return error.numbers().stream()
                .map(TABLE::get)
                .flatMap(verdict -> Optional.ofNullable(verdict).stream())
                .findFirst();
    }

    private static Map<Integer, Verdict> table() {
        Map<Integer, Verdict> table = new HashMap<>();
        passing(table);
        consent(table);
        secondFactor(table);
        administrator(table);
        registration(table);
        client(table);
        request(table);
        assertion(table);
        device(table);
        return Map.copyOf(table);
    }

    private static void passing(Map<Integer, Verdict> table) {
        Verdict later = Verdict.later(Advice.AGAIN);
        List.of(50033, 50087, 50088, 90006, 90012, 90024, 90033, 90055, 40010, 70012, 80002, 501621)
                .forEach(number -> table.put(number, later));
        table.put(
                50196,
                Verdict.later("Entra says that this client asks too often: does another program use the same account?"
                        + " It will be tried again later."));
    }

    private static void consent(Map<Integer, Verdict> table) {
        all(table, Kind.RECONSENT, again("The refresh token was not used for 90 days."), 700082, 70008);
        all(
                table,
                Kind.RECONSENT,
                again("The consent was revoked, as a change of the password does."),
                50173,
                50132,
                50133);
        all(table, Kind.RECONSENT, again("Entra does not know the token or code for this client."), 70000);
        all(
                table,
                Kind.RECONSENT,
                again("The tenant's sign-in frequency ends each consent: its administrator can exempt this client."),
                70043);
        all(
                table,
                Kind.RECONSENT,
                again(
                        "The redirect address is registered as a single-page application, whose tokens end after 24 hours:"
                                + " register it under Mobile and desktop applications."),
                700084);
        all(table, Kind.RECONSENT, again("The password has expired: it has to be changed first."), 50055, 50144);
        all(table, Kind.RECONSENT, again("The session of the login has ended."), 50085, 50089);
        all(
                table,
                Kind.RECONSENT,
                again(
                        "Nobody has consented to this client with KEY(scope), or the owner declined; many tenants leave it"
                                + " to their administrator to consent."),
                65001,
                65004,
                700020);
    }

    private static void secondFactor(Map<Integer, Verdict> table) {
        all(
                table,
                Kind.RECONSENT,
                again("The tenant wants a second factor (MFA) or another check of the person."),
                50076,
                50079,
                50074,
                50078,
                50072,
                50158);
    }

    private static void administrator(Map<Integer, Verdict> table) {
        all(
                table,
                Kind.ADMINISTRATOR,
                "Conditional Access stands in the way: the tenant's administrator has to let this client pass, and the"
                        + " device code if that was used (--browser may do without).",
                53000,
                53001,
                53002,
                53003,
                530032,
                530035,
                50131);
        all(
                table,
                Kind.ADMINISTRATOR,
                "The user is not assigned to the application: the tenant's administrator has to do it (Enterprise"
                        + " applications, Users and groups).",
                50105);
        all(
                table,
                Kind.ADMINISTRATOR,
                "The tenant's administrator has to consent for this client: Entra, Enterprise applications, Permissions,"
                        + " Grant admin consent.",
                90094,
                90095);
        all(
                table,
                Kind.ADMINISTRATOR,
                "The user's account is disabled: the tenant's administrator has to enable it.",
                50057);
        all(
                table,
                Kind.ADMINISTRATOR,
                "The tenant does not have this user: check KEY(user) and KEY(tenant), or the tenant's administrator has to"
                        + " invite them.",
                50034,
                50020);
    }

    private static void registration(Map<Integer, Verdict> table) {
        all(
                table,
                Kind.ADMINISTRATOR,
                "The tenant does not have the service that the scope names: check KEY(scope) and KEY(tenant), and that the"
                        + " tenant has Exchange Online.",
                500011,
                650052);
        all(
                table,
                Kind.ADMINISTRATOR,
                "The application lacks the permission: add IMAP.AccessAsUser.All (for client credentials IMAP.AccessAsApp)"
                        + " under API permissions, and let the administrator consent.",
                65005,
                650056,
                650057);
        all(
                table,
                Kind.ADMINISTRATOR,
                "The application is disabled in the tenant: its administrator has to enable it (Enterprise applications,"
                        + " Properties).",
                7000112,
                70001);
    }

    private static void client(Map<Integer, Verdict> table) {
        configuration(
                table, "The client secret is wrong: set KEY(client-secret) to its value, not to its id.", 7000215);
        configuration(
                table,
                "The client secret has expired: create a new one in Entra (Certificates & secrets) and set"
                        + " KEY(client-secret).",
                7000222);
        configuration(table, "The tenant does not know the client: check KEY(client-id) and KEY(tenant).", 700016);
        configuration(table, "There is no such tenant: check KEY(tenant).", 90002);
        configuration(
                table, "This grant needs a tenant of its own, not common or consumers: check KEY(tenant).", 9001023);
        configuration(table, "The client needs a secret: set KEY(client-secret).", 7000218);
        configuration(table, "The client is public and must not send a secret: remove KEY(client-secret).", 700025);
        configuration(
                table,
                "The application is for one tenant: set KEY(tenant) to that one instead of common or organizations.",
                50194);
        configuration(table, "The application is for personal accounts alone: set KEY(tenant)=consumers.", 9002332);
    }

    private static void request(Map<Integer, Verdict> table) {
        configuration(
                table,
                "The redirect address is not registered: add it to the application under Authentication, or set"
                        + " KEY(redirect-uri) to one that is there.",
                50011);
        configuration(
                table,
                "The scope is wrong: check KEY(scope); all scopes must belong to one resource.",
                70011,
                700022,
                28002);
        configuration(
                table,
                "The code of the login was used before, or belongs to another login (PKCE). " + Advice.BEGIN_ANEW,
                501481,
                54005);
    }

    private static void assertion(Map<Integer, Verdict> table) {
        configuration(
                table,
                "Entra does not know the key: upload the certificate of KEY(private-key-file) to the application"
                        + " KEY(client-id), and check KEY(certificate-file).",
                700027,
                700030,
                50012);
        table.put(
                700024,
                Verdict.later(
                        "The assertion is outside its time: set this machine's clock (NTP). It will be tried again."));
        configuration(
                table,
                "No federated credential of the application fits the assertion in KEY(assertion-file): compare its issuer,"
                        + " subject and audience with those in Entra.",
                70021,
                700211,
                700212,
                700213);
    }

    private static void device(Map<Integer, Verdict> table) {
        table.put(70016, Verdict.later("Nobody has typed in the code yet. " + Advice.AGAIN));
        all(
                table,
                Kind.RECONSENT,
                "The code that was to be typed in has expired or is not known any more. " + Advice.BEGIN_ANEW,
                70018,
                70019);
    }

    private static String again(String reason) {
        return reason + " " + Advice.CONSENT_AGAIN;
    }

    private static void configuration(Map<Integer, Verdict> table, String advice, int... numbers) {
        all(table, Kind.CONFIGURATION, advice, numbers);
    }

    private static void all(Map<Integer, Verdict> table, Kind kind, String advice, int... numbers) {
        Verdict verdict = Verdict.permanent(kind, advice);
        for (int number : numbers) {
            table.put(number, verdict);
        }
    }
}
