package io.mailroutes.cli;

import static java.util.Objects.requireNonNull;

import io.mailroutes.account.Account;
import io.mailroutes.account.Configuration;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.oauth.AuthorizationServer;
import io.mailroutes.oauth.HttpLimits;
import io.mailroutes.oauth.OAuthHttp;
import io.mailroutes.oauth.TokenEndpoint;
import io.mailroutes.oauth.UserInfo;
import io.mailroutes.token.AccountTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code login}: a person consents; the tokens are checked, proved by an IMAP login and stored. */
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = "Asks a person to consent, proves the token by an IMAP login, and stores it.",
        footer = {
            "",
            "Exit codes: 0 the token is stored and an IMAP login has worked; 2 configuration;",
            "3 no consent, or its token opens no mailbox; 4 a server was not reached;",
            "130 broken off (Ctrl-C): the port is free, and what was stored before is as it was."
        })
final class LoginCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ACCOUNT", description = "The NAME of mailroutes.accounts.NAME.*")
    private String name = "";

    @ArgGroup
    private Way way = new Way();

    @Option(names = "--no-open", description = "Do not open the browser of this desktop.")
    private boolean noOpen;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long to wait for the consent: 90s, 5m, 1h. Default: 5m")
    private Duration timeout = Duration.ofMinutes(5);

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Spec
    private @Nullable CommandSpec spec;

    /** At most one of these; without one the account decides. */
    private static final class Way {
        @Option(names = "--browser", description = "Consent in a browser on this machine.")
        private boolean browser;

        @Option(names = "--device", description = "Type a code into a page on any other device.")
        private boolean device;

        @Option(
                names = "--paste",
                description = "Consent in any browser, and paste the address it ends at on standard input.")
        private boolean paste;
    }

    @Override
    public Integer call() {
        CommandSpec command = requireNonNull(spec);
        LoginDialog dialog = new LoginDialog(
                Commands.input(command),
                command.commandLine().getOut(),
                command.commandLine().getErr(),
                !noOpen,
                timeout);
        try {
            Configuration configuration = options.read();
            logIn(configuration, ConfigurationOptions.account(configuration, name), dialog);
            return ExitCode.OK.code();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.NEEDS_LOGIN.code();
        } catch (Exception e) {
            return CommandFailure.report(e, dialog.words());
        }
    }

    private void logIn(Configuration configuration, Account account, LoginDialog dialog) throws InterruptedException {
        OAuthClient client = client(account);
        Clock clock = Clock.systemUTC();
        OAuthHttp http = new OAuthHttp(account.caFile(), HttpLimits.DEFAULT);
        AuthorizationServer server = new AuthorizationServer(account.name(), client, http, clock);
        TokenEndpoint endpoint = new TokenEndpoint(account.name(), client, http, clock);
        try (AccountTokens tokens = AccountTokens.open(configuration.settings(), clock)) {
            LoginProof proof = new LoginProof(
                    account,
                    client,
                    tokens,
                    new LoginIdentity(account, new UserInfo(server, http, clock), dialog),
                    configuration.settings().dataDirectory());
            settle(account, server, endpoint, dialog, proof);
        }
        dialog.say("Account " + account.name() + " is logged in: the token is stored, and it opens the mailbox "
                + account.user() + " at " + account.imap().host() + ".");
    }

    private void settle(
            Account account, AuthorizationServer server, TokenEndpoint endpoint, LoginDialog dialog, LoginProof proof)
            throws InterruptedException {
        OAuthClient client = client(account);
        CodeLogin login = new CodeLogin(account, client, server, dialog);
        boolean named = way.browser || way.paste || way.device;
        if (way.device || !named && account.grant() == GrantType.DEVICE_CODE) {
            proof.settle(new DeviceLogin(account, server, endpoint, dialog).tokens());
        } else if (way.paste || !named && !client.consent().reachesThisMachine()) {
            proof.settle(endpoint.exchange(login.byPaste()));
        } else {
            login.byBrowser(grant -> proof.settle(endpoint.exchange(grant)));
        }
    }

    private static OAuthClient client(Account account) {
        boolean byLogin = account.grant() == GrantType.AUTHORIZATION_CODE || account.grant() == GrantType.DEVICE_CODE;
        return account.oauth()
                .filter(client -> byLogin)
                .orElseThrow(() -> new UsageException("the account " + account.name() + " has grant="
                        + account.grant().key() + ", for which nobody logs in: set mailroutes.accounts."
                        + account.name() + ".grant=authorization-code if a person is to consent"));
    }
}
