package io.mailroutes.account;

import static io.mailroutes.account.ClientAuthentication.AUTO;
import static io.mailroutes.account.ClientAuthentication.NONE;
import static io.mailroutes.account.ClientAuthentication.PRIVATE_KEY_JWT;

import java.util.List;
import java.util.Optional;

/** How the client proves itself, and whether it has what it needs for that. */
final class ClientAuthenticationRule {
    private static final String KEY = "client-authentication";
    private static final String SECRET = "client-secret";
    private static final List<String> PROOFS = List.of(SECRET, AssertionRule.KEY_FILE, AssertionRule.TOKEN_FILE);

    private final AccountValues values;
    private final GrantType grant;

    ClientAuthenticationRule(AccountValues values, GrantType grant) {
        this.values = values;
        this.grant = grant;
    }

    /** The account's choice, else what it has the means for, else the provider's; none when there is nothing to show. */
    ClientAuthentication read() {
        if (grant == GrantType.SERVICE_ACCOUNT) {
            return NONE; // The grant itself is signed.
        }
        ClientAuthentication own = choice(values.own(KEY));
        if (values.provider().oauth().publicClients()) {
            refuseProofs(own);
            return NONE;
        }
        refuseTwoProofs();
        if (own == PRIVATE_KEY_JWT || (own == AUTO && canSign())) {
            checkAssertion();
            return PRIVATE_KEY_JWT;
        }
        if (own == NONE) {
            checkWithoutSecret();
        } else if (!values.isGiven(SECRET)) {
            checkAbsentSecret(own);
        }
        if (!values.isGiven(SECRET)) {
            return NONE;
        }
        return own == AUTO
                ? choice(Optional.ofNullable(values.provider().defaults().get(KEY)))
                : own;
    }

    private ClientAuthentication choice(Optional<String> word) {
        return word.flatMap(text -> Choice.CLIENT_AUTHENTICATION.read(values, KEY, text))
                .orElse(AUTO);
    }

    private boolean canSign() {
        return values.isGiven(AssertionRule.KEY_FILE) || values.isGiven(AssertionRule.TOKEN_FILE);
    }

    /** A public client that shows a secret is refused, and the secret is then known elsewhere. */
    private void refuseProofs(ClientAuthentication own) {
        String because = values.provider().name() + " has public clients only, which have no secret and sign nothing:"
                + " delete the line";
        PROOFS.stream().filter(values::isGiven).forEach(key -> values.problem(key, because));
        if (own != AUTO && own != NONE) {
            values.problem(KEY, because);
        }
    }

    private void refuseTwoProofs() {
        List<String> given = PROOFS.stream().filter(values::isGiven).toList();
        if (given.size() > 1) {
            values.problem(
                    given.get(1),
                    "a client proves itself in one way, and there is a %s too: delete one of the two"
                            .formatted(given.get(0)));
        }
    }

    private void checkAssertion() {
        if (values.provider().secretRequired()) {
            values.problem(
                    canSign() && !values.isGiven(KEY) ? given() : KEY,
                    values.provider().name() + " knows clients by a client-secret only: use that");
        } else if (!canSign()) {
            values.missing(
                    AssertionRule.KEY_FILE,
                    "client-authentication=private-key-jwt signs with it (or sends what is in assertion-file)");
        }
    }

    private String given() {
        return values.isGiven(AssertionRule.KEY_FILE) ? AssertionRule.KEY_FILE : AssertionRule.TOKEN_FILE;
    }

    private void checkWithoutSecret() {
        if (grant == GrantType.CLIENT_CREDENTIALS) {
            values.problem(KEY, "none does not work with grant=client-credentials: the secret is all that it has");
        } else if (values.isGiven(SECRET) || canSign()) {
            values.problem(
                    KEY,
                    "none says that there is no secret, but there is a %s: delete one of the two"
                            .formatted(values.isGiven(SECRET) ? SECRET : given()));
        }
    }

    private void checkAbsentSecret(ClientAuthentication own) {
        if (grant == GrantType.CLIENT_CREDENTIALS) {
            values.missing(
                    SECRET,
                    "grant=client-credentials proves the application by its secret, or by private-key-file or"
                            + " assertion-file");
        } else if (own != AUTO) {
            values.missing(SECRET, "client-authentication=" + own.key() + " sends it");
        } else if (values.provider().secretRequired()) {
            values.missing(
                    SECRET,
                    "%s wants it even from a desktop application; only a client that was registered without one has"
                                    .formatted(values.provider().name())
                            + " client-authentication=none");
        }
    }
}
