package io.mailroutes.account;

import java.util.List;
import java.util.Optional;

/** Which SASL mechanisms an account may use. */
final class MechanismRule {
    private static final String KEY = "mechanism";

    private MechanismRule() {}

    /** Best first; empty when the choice cannot work, which has been reported. */
    static List<Mechanism> read(AccountValues values, GrantType grant) {
        Optional<String> word = values.own(KEY);
        Optional<Mechanism> wanted =
                word.isEmpty() ? Optional.of(Mechanism.AUTO) : Choice.MECHANISM.read(values, KEY, word.get());
        return wanted.map(mechanism -> choose(values, grant, mechanism)).orElse(List.of());
    }

    private static List<Mechanism> choose(AccountValues values, GrantType grant, Mechanism wanted) {
        boolean password = grant == GrantType.PASSWORD;
        if (wanted == Mechanism.AUTO) {
            return password ? List.of(Mechanism.PLAIN) : values.provider().mechanisms();
        }
        if (password && wanted != Mechanism.PLAIN) {
            values.problem(KEY, wanted.key() + " carries a token, and grant=password has none: use plain or auto");
        }
        if (!password && wanted == Mechanism.PLAIN) {
            values.problem(
                    KEY,
                    "plain would send the access token as a password: with grant=%s use auto, xoauth2 or oauthbearer"
                            .formatted(grant.key()));
        }
        return List.of(wanted);
    }
}
