package io.mailroutes.testing;

import io.mailroutes.account.Account;
import io.mailroutes.account.ClientAuthentication;
import io.mailroutes.account.Consent;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.MailServer;
import io.mailroutes.account.Mechanism;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Secret;
import io.mailroutes.account.Security;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accounts named {@code support} for tests; start with one and change what matters. */
public record Accounts(
        Optional<URI> issuer,
        Optional<URI> tokenEndpoint,
        String clientId,
        Optional<String> secret,
        ClientAuthentication authentication,
        List<String> scope,
        Optional<String> refreshToken,
        Map<String, String> parameters,
        Optional<Path> caFile) {
    public static Accounts at(URI tokenEndpoint) {
        return new Accounts(
                Optional.empty(),
                Optional.of(tokenEndpoint),
                "app",
                Optional.of("s3cret"),
                ClientAuthentication.AUTO,
                List.of("mail"),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    public Accounts issuer(URI value) {
        return new Accounts(
                Optional.of(value),
                Optional.empty(),
                clientId,
                secret,
                authentication,
                scope,
                refreshToken,
                parameters,
                caFile);
    }

    public Accounts client(String id, Optional<String> value) {
        return new Accounts(issuer, tokenEndpoint, id, value, authentication, scope, refreshToken, parameters, caFile);
    }

    public Accounts authentication(ClientAuthentication value) {
        return new Accounts(issuer, tokenEndpoint, clientId, secret, value, scope, refreshToken, parameters, caFile);
    }

    public Accounts scope(String... values) {
        return new Accounts(
                issuer,
                tokenEndpoint,
                clientId,
                secret,
                authentication,
                List.of(values),
                refreshToken,
                parameters,
                caFile);
    }

    public Accounts refreshToken(String value) {
        return new Accounts(
                issuer, tokenEndpoint, clientId, secret, authentication, scope, Optional.of(value), parameters, caFile);
    }

    public Accounts parameters(Map<String, String> values) {
        return new Accounts(
                issuer, tokenEndpoint, clientId, secret, authentication, scope, refreshToken, values, caFile);
    }

    public Accounts caFile(Path value) {
        return new Accounts(
                issuer,
                tokenEndpoint,
                clientId,
                secret,
                authentication,
                scope,
                refreshToken,
                parameters,
                Optional.of(value));
    }

    public OAuthClient oauth() {
        return new OAuthClient(
                issuer,
                Optional.empty(),
                tokenEndpoint,
                Optional.empty(),
                Optional.empty(),
                clientId,
                secret.map(Secret::of),
                Optional.empty(),
                authentication,
                scope,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                parameters,
                refreshToken.map(Secret::of),
                Optional.empty(),
                Optional.empty(),
                Consent.LOOPBACK);
    }

    /** With a refresh token the grant is refresh-token, else client-credentials. */
    public Account account() {
        GrantType grant = refreshToken.isPresent() ? GrantType.REFRESH_TOKEN : GrantType.CLIENT_CREDENTIALS;
        return account(grant, Optional.of(oauth()), Optional.empty());
    }

    public static Account password(String password) {
        return at(URI.create("https://unused.example"))
                .account(GrantType.PASSWORD, Optional.empty(), Optional.of(Secret.of(password)));
    }

    /** The same at another provider, with another grant. */
    public static Account like(Account account, String provider, GrantType grant) {
        return new Account(
                account.name(),
                provider,
                account.user(),
                account.loginUser(),
                grant,
                account.oauth(),
                account.password(),
                account.imap(),
                account.smtp(),
                account.mechanisms(),
                account.caFile(),
                account.command());
    }

    /** The same under another name. */
    public static Account named(Account account, String name) {
        return new Account(
                name,
                account.provider(),
                account.user(),
                account.loginUser(),
                account.grant(),
                account.oauth(),
                account.password(),
                account.imap(),
                account.smtp(),
                account.mechanisms(),
                account.caFile(),
                account.command());
    }

    private Account account(GrantType grant, Optional<OAuthClient> client, Optional<Secret> password) {
        return new Account(
                "support",
                "generic",
                "joe@example.com",
                Optional.empty(),
                grant,
                client,
                password,
                new MailServer("imap.example.com", 993, Security.TLS),
                Optional.empty(),
                List.of(Mechanism.AUTO),
                caFile,
                Optional.empty());
    }
}
