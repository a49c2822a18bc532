package io.mailroutes.testing;

import io.mailroutes.account.Account;
import io.mailroutes.account.AssertionAudience;
import io.mailroutes.account.AssertionSource;
import io.mailroutes.account.ClientAuthentication;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.SignatureAlgorithm;
import io.mailroutes.account.TokenCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@link Accounts} that sign, or run a command, in place of sending a secret. */
public final class SignedAccounts {
    private SignedAccounts() {}

    public static OAuthClient client(Accounts base, AssertionSource source) {
        return of(base.client("app", Optional.empty()), source, Optional.empty());
    }

    /** @param subject the user to ask for */
    public static OAuthClient serviceAccount(Accounts base, AssertionSource source, String subject) {
        return of(base.client("robot@example.com", Optional.empty()), source, Optional.of(subject));
    }

    public static AssertionSource.KeyFile key(Path file) {
        return new AssertionSource.KeyFile(
                file,
                Optional.empty(),
                Optional.empty(),
                Optional.of("key-1"),
                SignatureAlgorithm.RS256,
                AssertionAudience.TOKEN_ENDPOINT);
    }

    /** As Microsoft wants it. */
    public static AssertionSource.KeyFile key(Path file, Path certificate) {
        return new AssertionSource.KeyFile(
                file,
                Optional.empty(),
                Optional.of(certificate),
                Optional.empty(),
                SignatureAlgorithm.PS256,
                AssertionAudience.TOKEN_ENDPOINT);
    }

    public static Account account(GrantType grant, Optional<OAuthClient> client, List<String> command) {
        Account plain = Accounts.password("unused");
        return new Account(
                plain.name(),
                plain.provider(),
                plain.user(),
                plain.loginUser(),
                grant,
                client,
                Optional.empty(),
                plain.imap(),
                plain.smtp(),
                plain.mechanisms(),
                plain.caFile(),
                Optional.of(command).filter(words -> !words.isEmpty()).map(TokenCommand::new));
    }

    private static OAuthClient of(Accounts base, AssertionSource source, Optional<String> subject) {
        OAuthClient plain = base.oauth();
        return new OAuthClient(
                plain.issuer(),
                plain.authorizationEndpoint(),
                plain.tokenEndpoint(),
                plain.deviceAuthorizationEndpoint(),
                plain.revocationEndpoint(),
                plain.clientId(),
                plain.clientSecret(),
                plain.clientSecretExpires(),
                subject.isPresent() ? ClientAuthentication.NONE : ClientAuthentication.PRIVATE_KEY_JWT,
                plain.scope(),
                plain.audience(),
                plain.resource(),
                plain.authorizationParameters(),
                plain.tokenParameters(),
                plain.refreshToken(),
                Optional.of(source),
                subject,
                plain.consent());
    }
}
