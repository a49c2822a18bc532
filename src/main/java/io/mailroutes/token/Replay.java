package io.mailroutes.token;

import io.mailroutes.account.Account;
import io.mailroutes.account.OAuthBehaviour.Rotation;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Provider;
import io.mailroutes.account.ProviderTable;
import java.net.URI;
import java.util.Optional;

/**
 * What sending a refresh token a second time does, when the answer to the first time was lost. By then the server may
 * have replaced it, and the successor was in the answer.
 *
 * <p>The rule: where it is {@link #HARMLESS} (Google does not rotate, Microsoft leaves the old one valid), the request
 * is repeated like any other. Elsewhere it is written down before it is sent, so that a refusal later can be explained,
 * also after a crash. Where it may be worse than refused, because a server that detects reuse ends the whole grant and
 * the access token at hand with it (RFC 9700 section 4.14.2), the token at hand is used to its end before; after that
 * there is nothing left to lose, and the server may never have got the first request.
 */
enum Replay {
    HARMLESS,
    /** The old one is refused at worst. */
    REFUSED,
    /** Everything from this consent may be revoked; also for servers of which nothing is known. */
    REVOKES;

    private static final String TOKEN_ENDPOINT = "token-endpoint";

    /** What the provider table says; it speaks of the provider's own server only, and an account may name another. */
    static Replay of(Account account, OAuthClient client) {
        Optional<Provider> row = ProviderTable.load().row(account.provider());
        return of(row.filter(provider -> isItsServer(provider, client))
                .flatMap(provider -> provider.oauth().rotation()));
    }

    static Replay of(Optional<Rotation> rotation) {
        return rotation.map(known -> switch (known) {
                    case NONE, OLD_STAYS_VALID -> HARMLESS;
                    case REPLACED -> REFUSED;
                    case REPLAY_REVOKES -> REVOKES;
                })
                .orElse(REVOKES);
    }

    private static boolean isItsServer(Provider provider, OAuthClient client) {
        Optional<String> own = Optional.ofNullable(provider.defaults().get(TOKEN_ENDPOINT))
                .map(template -> template.replace("{tenant}", "tenant"));
        return client.tokenEndpoint().isPresent()
                && own.map(address -> URI.create(address).getHost())
                        .equals(client.tokenEndpoint().map(URI::getHost));
    }
}
