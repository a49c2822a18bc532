package io.mailroutes.account;

import static io.mailroutes.account.ClientAuthentication.AUTO;
import static io.mailroutes.account.ClientAuthentication.NONE;
import static io.mailroutes.account.ClientAuthentication.PRIVATE_KEY_JWT;

import java.util.Optional;

/** How the client proves itself, and whether it has what it needs for that. */
final class ClientAuthenticationRule {
    private static final String KEY = "client-authentication";
    private static final String SECRET = "client-secret";

    private final AccountValues values;
    private final GrantType grant;

    ClientAuthenticationRule(AccountValues values, GrantType grant) {
        this.values = values;
        this.grant = grant;
    }

    /** The account's choice, else the provider's; none when there is no secret. */
    ClientAuthentication read() {
        ClientAuthentication own = choice(values.own(KEY));
        if (own == PRIVATE_KEY_JWT) {
            values.problem(KEY, "private-key-jwt is not in this version: use client-secret");
        } else if (own == NONE) {
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

    private void checkWithoutSecret() {
        if (grant == GrantType.CLIENT_CREDENTIALS) {
            values.problem(KEY, "none does not work with grant=client-credentials: the secret is all that it has");
        } else if (values.isGiven(SECRET)) {
            values.problem(
                    KEY, "none says that there is no secret, but there is a client-secret: delete one of the two");
        }
    }

    private void checkAbsentSecret(ClientAuthentication own) {
        if (grant == GrantType.CLIENT_CREDENTIALS) {
            values.missing(SECRET, "grant=client-credentials proves the application by its secret");
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
