package io.mailroutes.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.account.Account;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Secret;
import io.mailroutes.account.TokenCommand;
import io.mailroutes.oauth.Grant;
import io.mailroutes.oauth.TokenResponse;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Chooses the grant of an account from its configuration and what is stored, and says whether stored tokens fit. */
final class GrantPlan {
    private final String account;
    private final GrantType type;
    private final Optional<Secret> configured;
    private final Optional<String> subject;
    private final String seed;
    private final String request;

    /** Of an account that asks an authorization server. */
    GrantPlan(Account account, OAuthClient client) {
        this(account, client.refreshToken(), client.subject(), parts(client));
    }

    /** Of any account; empty when it has a password. */
    static Optional<GrantPlan> of(Account account) {
        return account.oauth().map(client -> new GrantPlan(account, client)).or(() -> account.command()
                .map(command -> new GrantPlan(account, command)));
    }

    /** Of an account that runs a command; another command, another token. */
    GrantPlan(Account account, TokenCommand command) {
        this(account, Optional.empty(), Optional.empty(), command.words());
    }

    private GrantPlan(Account account, Optional<Secret> configured, Optional<String> subject, List<String> parts) {
        this.account = account.name();
        this.type = account.grant();
        this.configured = configured;
        this.subject = subject;
        this.seed = configured.map(token -> digest(List.of(token.reveal()))).orElse("");
        List<String> asked = new ArrayList<>(List.of(type.key()));
        asked.addAll(parts);
        subject.ifPresent(asked::add);
        this.request = digest(asked);
    }

    private static List<String> parts(OAuthClient client) {
        return List.of(
                client.issuer().map(URI::toString).orElse(""),
                client.tokenEndpoint().map(URI::toString).orElse(""),
                client.clientId(),
                String.join(" ", client.scope()),
                client.audience().orElse(""),
                client.resource().orElse(""),
                new TreeMap<>(client.tokenParameters()).toString());
    }

    /** @throws NeedsLoginException when the grant rests on a consent and there is none */
    Grant grant(Optional<StoredTokens> stored) {
        if (type == GrantType.CLIENT_CREDENTIALS) {
            return new Grant.ClientCredentials();
        }
        if (type == GrantType.SERVICE_ACCOUNT) {
            return new Grant.ServiceAccount(subject.orElseThrow());
        }
        return refreshToken(stored)
                .map(Grant.RefreshToken::new)
                .orElseThrow(() -> new NeedsLoginException("Account " + account + ": there is no refresh token yet. "
                        + (type == GrantType.REFRESH_TOKEN
                                ? "Set " + key()
                                : "Somebody has to consent, run: " + login())));
    }

    /** What a person does about a refresh token that is worth nothing any more. */
    String anotherConsent() {
        return type == GrantType.REFRESH_TOKEN
                ? "Put a new refresh token in " + key()
                : "Somebody has to consent again, run: " + login();
    }

    private String key() {
        return "mailroutes.accounts." + account + ".refresh-token.";
    }

    private String login() {
        return "mailroutes login " + account;
    }

    /** When a request was sent whose answer never came; empty when there is none. */
    Optional<Instant> lost(Optional<StoredTokens> stored) {
        return stored.filter(this::descends).flatMap(tokens -> tokens.history().askedAt());
    }

    /** What to store before a request with that refresh token. */
    StoredTokens asking(Optional<StoredTokens> stored, Secret refreshToken, Instant now) {
        StoredTokens before = stored.filter(this::descends).orElseGet(() -> neverAsked(refreshToken));
        return before.with(before.history().asked(now));
    }

    private StoredTokens neverAsked(Secret refreshToken) {
        return new StoredTokens(Optional.empty(), Optional.of(refreshToken), seed, request, TokenHistory.NONE);
    }

    /** The refresh token to use next: the stored one, unless another one has been configured since it was stored. */
    Optional<Secret> refreshToken(Optional<StoredTokens> stored) {
        return stored.filter(this::descends).flatMap(StoredTokens::refreshToken).or(() -> configured);
    }

    /** Whether the stored refresh token comes from the present configuration. */
    boolean descends(StoredTokens stored) {
        return stored.seed().equals(seed);
    }

    /** Whether the stored access token was got with this configuration. */
    boolean fits(StoredTokens stored) {
        return descends(stored) && stored.request().equals(request);
    }

    /** What a login gave. */
    StoredTokens toStore(TokenResponse response, Instant now) {
        return toStore(response, TokenHistory.ofLogin(response, now));
    }

    /** What a request gave that came from these tokens. */
    StoredTokens toStore(Optional<StoredTokens> before, TokenResponse response, Instant now) {
        return toStore(response, TokenHistory.after(before.filter(this::descends), response, now));
    }

    private StoredTokens toStore(TokenResponse response, TokenHistory history) {
        return new StoredTokens(Optional.of(response.accessToken()), response.refreshToken(), seed, request, history);
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
