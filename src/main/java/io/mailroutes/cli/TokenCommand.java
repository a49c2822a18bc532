package io.mailroutes.cli;

import static java.util.Objects.requireNonNull;

import io.mailroutes.account.Account;
import io.mailroutes.account.Configuration;
import io.mailroutes.account.GrantType;
import io.mailroutes.token.AccountTokens;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code token}: an access token for another program. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description =
                "Prints a valid access token, for mbsync, getmail, mutt or curl; also while another process runs.",
        footer = {
            "",
            "Exit codes: 0 the token is on stdout; 2 configuration; 3 the account needs login;",
            "4 the authorization server was not reached."
        })
final class TokenCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ACCOUNT", description = "The NAME of mailroutes.accounts.NAME.*")
    private String name = "";

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = requireNonNull(spec);
        try {
            Configuration configuration = options.read();
            Account account = ConfigurationOptions.account(configuration, name);
            if (account.grant() == GrantType.PASSWORD) {
                throw new UsageException(
                        "the account " + name + " has grant=password: it has no token, and passwords are not printed");
            }
            try (AccountTokens tokens = AccountTokens.open(configuration.settings(), Clock.systemUTC())) {
                command.commandLine()
                        .getOut()
                        .println(tokens.source(account).token().value().reveal());
                command.commandLine().getOut().flush();
            }
            return ExitCode.OK.code();
        } catch (Exception e) {
            return CommandFailure.report(e, command.commandLine().getErr());
        }
    }
}
