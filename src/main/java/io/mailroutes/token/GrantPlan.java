package io.mailroutes.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.account.Account;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Secret;
import io.mailroutes.oauth.Grant;
import io.mailroutes.oauth.TokenResponse;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Chooses the grant of an account from its configuration and what is stored, and says whether stored tokens fit. */
final class GrantPlan {
    private final String account;
    private final GrantType type;
    private final Optional<Secret> configured;
    private final String seed;
    private final String request;

    GrantPlan(Account account, OAuthClient client) {
        this.account = account.name();
        this.type = account.grant();
        this.configured = client.refreshToken();
        this.seed = configured.map(token -> digest(List.of(token.reveal()))).orElse("");
        this.request = digest(List.of(
                type.key(),
                client.issuer().map(URI::toString).orElse(""),
                client.tokenEndpoint().map(URI::toString).orElse(""),
                client.clientId(),
                String.join(" ", client.scope()),
                client.audience().orElse(""),
                client.resource().orElse(""),
                new TreeMap<>(client.tokenParameters()).toString()));
    }

    /** @throws NeedsLoginException when the grant rests on a consent and there is none */
    Grant grant(Optional<StoredTokens> stored) {
        if (type == GrantType.CLIENT_CREDENTIALS) {
            return new Grant.ClientCredentials();
        }
        return stored.filter(tokens -> tokens.seed().equals(seed))
                .flatMap(StoredTokens::refreshToken)
                .or(() -> configured)
                .map(Grant.RefreshToken::new)
                .orElseThrow(() -> new NeedsLoginException("Account " + account + ": there is no refresh token yet. "
                        + (type == GrantType.REFRESH_TOKEN
                                ? "Set mailroutes.accounts." + account + ".refresh-token."
                                : "Somebody has to consent, run: mailroutes login " + account)));
    }

    /** Whether the stored access token was got with this configuration. */
    boolean fits(StoredTokens stored) {
        return stored.seed().equals(seed) && stored.request().equals(request);
    }

    StoredTokens toStore(TokenResponse response) {
        return new StoredTokens(Optional.of(response.accessToken()), response.refreshToken(), seed, request);
    }

    /** Each part with its length, so that no two lists of parts have one digest. */
    private static String digest(List<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update((part.length() + ":" + part).getBytes(UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
