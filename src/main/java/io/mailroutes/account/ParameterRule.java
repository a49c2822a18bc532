package io.mailroutes.account;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Extra parameters of requests: they may add to the protocol, not replace it. */
final class ParameterRule {
    private static final String TOKEN = "token-parameters.";
    private static final String AUTHORIZATION = "authorization-parameters.";

    /** Parameters that have a key of their own. */
    private static final Map<String, String> OWN_KEYS = Map.of(
            "client_id", "client-id",
            "client_secret", "client-secret",
            "refresh_token", "refresh-token",
            "grant_type", "grant",
            "scope", "scope",
            "audience", "audience",
            "resource", "resource",
            "password", "password",
            "username", "user");

    /** Parameters that are made anew for each request (RFC 6749, 7521, 7636, 8628, OpenID Connect Core). */
    private static final Set<String> MADE = Set.of(
            "response_type",
            "response_mode",
            "redirect_uri",
            "state",
            "nonce",
            "code",
            "code_challenge",
            "code_challenge_method",
            "code_verifier",
            "device_code",
            "assertion",
            "client_assertion",
            "client_assertion_type");

    private ParameterRule() {}

    static Map<String, String> authorization(AccountValues values) {
        return read(values, AUTHORIZATION);
    }

    static Map<String, String> token(AccountValues values) {
        return read(values, TOKEN);
    }

    private static Map<String, String> read(AccountValues values, String prefix) {
        Map<String, String> parameters = values.below(prefix);
        parameters.keySet().forEach(name -> check(values, prefix, name));
        return parameters;
    }

    private static void check(AccountValues values, String prefix, String name) {
        String parameter = name.toLowerCase(Locale.ROOT);
        String ownKey = OWN_KEYS.get(parameter);
        if (ownKey != null) {
            values.problem(prefix + name, "use the key " + ownKey + " instead");
        } else if (MADE.contains(parameter)) {
            values.problem(prefix + name, "belongs to the protocol and cannot be set: delete the line");
        }
    }
}
