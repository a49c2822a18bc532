package io.mailroutes.cli;

import static java.util.Objects.requireNonNull;

import io.mailroutes.account.Account;
import io.mailroutes.account.Configuration;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AuthorizationServer;
import io.mailroutes.oauth.HttpLimits;
import io.mailroutes.oauth.OAuthException;
import io.mailroutes.oauth.OAuthHttp;
import io.mailroutes.store.PermanentStoreException;
import io.mailroutes.token.AccountTokens;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code logout}: ends a consent where that hurts nobody else, forgets its tokens, and says what is left. */
@Command(
        name = "logout",
        mixinStandardHelpOptions = true,
        description = "Revokes the stored token where that is safe, and wipes it.",
        footer = {
            "",
            "Exit codes: 0 wiped, and revoked where that is safe; 2 configuration, or the server refused;",
            "4 wiped, but the server was not reached."
        })
final class LogoutCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ACCOUNT", description = "The NAME of mailroutes.accounts.NAME.*")
    private String name = "";

    @Option(
            names = "--revoke",
            description = "Revoke even where that ends more than this account's consent, as at Google.")
    private boolean revoke;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter words = requireNonNull(spec).commandLine().getErr();
        try {
            Configuration configuration = options.read();
            Account account = ConfigurationOptions.account(configuration, name);
            OAuthClient client = account.oauth()
                    .orElseThrow(() -> new UsageException("the account " + name + " has no stored token (grant="
                            + account.grant().key() + "): there is nothing to log out of"));
            try (AccountTokens tokens = AccountTokens.open(configuration.settings(), Clock.systemUTC())) {
                logOut(account, client, tokens, words);
            }
            return ExitCode.OK.code();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.UNREACHABLE.code();
        } catch (Exception e) {
            return CommandFailure.report(e, words);
        }
    }

    private void logOut(Account account, OAuthClient client, AccountTokens tokens, PrintWriter words)
            throws InterruptedException {
        Optional<OAuthException> failure = Optional.empty();
        try {
            Optional<Secret> token = tokens.refreshToken(account);
            words.println(token.isPresent() ? revoked(account, client, token.get()) : "No refresh token is stored.");
        } catch (OAuthException e) {
            failure = Optional.of(e);
        } catch (PermanentStoreException unreadable) {
            words.println("What is stored opens with no known key, so it is not revoked: end the consent on the"
                    + " provider's own page.");
        }
        tokens.wipe(account);
        words.println("Account " + name + ": its stored tokens are wiped. A Mailroutes that is running uses the access"
                + " token it has until that ends.");
        if (account.grant() == GrantType.REFRESH_TOKEN) {
            words.println("The refresh token in the configuration is left: delete mailroutes.accounts." + name
                    + ".refresh-token.");
        }
        if (failure.isPresent()) {
            words.println("The token is not revoked: end the consent on the provider's own page.");
            throw failure.get();
        }
    }

    /** What became of the consent, in a sentence. */
    private String revoked(Account account, OAuthClient client, Secret token) {
        Optional<String> reach = client.consent().revocationReach();
        if (reach.isPresent() && !revoke) {
            return "The token is not revoked, because " + reach.get()
                    + ". If that is wanted, log in once more and then:" + " mailroutes logout " + name + " --revoke";
        }
        AuthorizationServer server = new AuthorizationServer(
                account.name(), client, new OAuthHttp(account.caFile(), HttpLimits.DEFAULT), Clock.systemUTC());
        Optional<URI> endpoint = server.revocation();
        if (endpoint.isEmpty()) {
            return "The token is not revoked: this server offers no revocation. Until it ends by itself, or the consent"
                    + " is ended on the provider's own page, whoever has a copy can use it.";
        }
        server.revoke(endpoint.get(), token);
        return "The token is revoked at " + endpoint.get().getHost() + ".";
    }
}
