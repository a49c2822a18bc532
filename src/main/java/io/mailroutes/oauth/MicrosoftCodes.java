package io.mailroutes.oauth;

import static io.mailroutes.oauth.PermanentOAuthException.Kind.ADMINISTRATOR;
import static io.mailroutes.oauth.PermanentOAuthException.Kind.CONFIGURATION;
import static io.mailroutes.oauth.PermanentOAuthException.Kind.RECONSENT;

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
        all(
                table,
                Verdict.later("It will be tried again."),
                List.of(50033, 50087, 50088, 90006, 90012, 90024, 90033, 90055, 40010, 70012, 80002, 501621));
        one(table, 50196, Verdict.later("Entra says that this client asks too often; it will be tried again later."));
        consent(table);
        administrator(table);
        configuration(table);
        return Map.copyOf(table);
    }

    private static void consent(Map<Integer, Verdict> table) {
        all(
                table,
                Verdict.permanent(
                        RECONSENT,
                        "The mailbox owner has to sign in again: by mailroutes login, or by a new refresh token in KEY(refresh-token)."),
                List.of(
                        700082, 70008, 50173, 70000, 70043, 700084, 50076, 50079, 50074, 50078, 50072, 50132, 50133,
                        50055, 50144, 50085, 50089, 50158, 65001, 65004, 700020));
    }

    private static void administrator(Map<Integer, Verdict> table) {
        all(
                table,
                Verdict.permanent(
                        ADMINISTRATOR,
                        "The tenant's administrator has to act: Conditional Access, consent or an assignment stands in the way."),
                List.of(
                        53000, 53001, 53002, 53003, 530032, 530035, 50105, 90094, 90095, 50057, 50034, 50020, 500011,
                        650052, 65005, 650056, 650057, 7000112, 70001, 50131));
    }

    private static void configuration(Map<Integer, Verdict> table) {
        all(
                table,
                Verdict.permanent(
                        CONFIGURATION,
                        "The registration of the client and the account's properties do not fit together."),
                List.of(50012, 50011, 50194, 9002332, 501481, 54005));
        one(
                table,
                7000215,
                configuration("The client secret is wrong: set KEY(client-secret) to its value, not to its id."));
        one(
                table,
                7000222,
                configuration("The client secret has expired: create a new one in Entra and set KEY(client-secret)."));
        one(table, 700016, configuration("The tenant does not know the client: check KEY(client-id) and KEY(tenant)."));
        one(table, 90002, configuration("There is no such tenant: check KEY(tenant)."));
        one(
                table,
                9001023,
                configuration("This grant needs a tenant of its own, not common or consumers: check KEY(tenant)."));
        one(table, 7000218, configuration("The client needs a secret: set KEY(client-secret)."));
        one(
                table,
                700025,
                configuration("The client is public and must not send a secret: remove KEY(client-secret)."));
        assertion(table);
        all(
                table,
                configuration("The scope is wrong: check KEY(scope); all scopes must belong to one resource."),
                List.of(70011, 700022, 28002));
    }

    private static void assertion(Map<Integer, Verdict> table) {
        all(
                table,
                configuration(
                        "Entra does not know the key: upload the certificate of KEY(private-key-file) to the application"
                                + " KEY(client-id), and check KEY(certificate-file)."),
                List.of(700027, 700030));
        one(
                table,
                700024,
                Verdict.later(
                        "The assertion is outside its time: set this machine's clock (NTP). It will be tried again."));
        all(
                table,
                configuration(
                        "No federated credential of the application fits the assertion in KEY(assertion-file): compare"
                                + " its issuer, subject and audience with those in Entra."),
                List.of(70021, 700211, 700212, 700213));
    }

    private static Verdict configuration(String advice) {
        return Verdict.permanent(CONFIGURATION, advice);
    }

    private static void all(Map<Integer, Verdict> table, Verdict verdict, List<Integer> numbers) {
        numbers.forEach(number -> one(table, number, verdict));
    }

    private static void one(Map<Integer, Verdict> table, int number, Verdict verdict) {
        table.put(number, verdict);
    }
}
