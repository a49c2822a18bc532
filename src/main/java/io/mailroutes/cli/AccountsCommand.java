package io.mailroutes.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailroutes.account.Configuration;
import io.mailroutes.account.Settings;
import io.mailroutes.deadletter.DeadLetters;
import io.mailroutes.token.AccountTokens;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code accounts}: what the configuration and the store know, without asking any server. */
@Command(
        name = "accounts",
        mixinStandardHelpOptions = true,
        description = "Lists the accounts and their tokens, from the configuration, the store and files alone.",
        footer = {"", "Exit codes: 0 listed; 2 configuration; 3 an account needs login."})
final class AccountsCommand implements Callable<Integer> {
    @Option(names = "--json", description = "One JSON array instead of a table.")
    private boolean json;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        Clock clock = Clock.systemUTC();
        try {
            List<AccountReport> accounts = reports(options.read(), clock);
            if (json) {
                printJson(accounts, out);
            } else {
                new AccountTable(clock.instant(), out).print(accounts);
            }
            boolean person =
                    accounts.stream().anyMatch(account -> account.known().needsLogin());
            return (person ? ExitCode.NEEDS_LOGIN : ExitCode.OK).code();
        } catch (Exception e) {
            return CommandFailure.report(e, command.commandLine().getErr());
        }
    }

    private static List<AccountReport> reports(Configuration configuration, Clock clock) {
        Settings settings = configuration.settings();
        DeadLetters letters = new DeadLetters(settings.dataDirectory().resolve("dead-letters"), clock);
        try (AccountTokens tokens = AccountTokens.open(settings, clock)) {
            return configuration.accounts().values().stream()
                    .map(account -> new AccountReport(account, tokens.known(account), letters.count(account.name())))
                    .toList();
        }
    }

    private static void printJson(List<AccountReport> accounts, PrintWriter out) throws IOException {
        List<?> rows = accounts.stream().map(AccountReport::json).toList();
        out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(rows));
        out.flush();
    }
}
