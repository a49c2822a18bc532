package io.mailroutes.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailroutes.account.Account;
import io.mailroutes.account.Configuration;
import io.mailroutes.token.AccountTokens;
import io.mailroutes.token.KnownAccount;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        description = "Lists the accounts and their tokens, from the configuration and the store alone.",
        footer = {"", "Exit codes: 0 listed; 2 configuration; 3 an account needs login."})
final class AccountsCommand implements Callable<Integer> {
    /** One account, as it is listed. */
    private record Line(Account account, KnownAccount known) {
        String state() {
            return known.needsLogin() ? "NEEDS_LOGIN" : "READY";
        }

        String next() {
            return known.needsLogin() ? "run: mailroutes login " + account.name() : "";
        }
    }

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
            List<Line> lines = lines(options.read(), clock);
            if (json) {
                printJson(lines, out);
            } else {
                printTable(lines, clock.instant(), out);
            }
            boolean person = lines.stream().anyMatch(line -> line.known().needsLogin());
            return (person ? ExitCode.NEEDS_LOGIN : ExitCode.OK).code();
        } catch (Exception e) {
            return CommandFailure.report(e, command.commandLine().getErr());
        }
    }

    private static List<Line> lines(Configuration configuration, Clock clock) {
        List<Line> lines = new ArrayList<>();
        try (AccountTokens tokens = AccountTokens.open(configuration.settings(), clock)) {
            configuration.accounts().values().forEach(account -> lines.add(new Line(account, tokens.known(account))));
        }
        return lines;
    }

    private static void printTable(List<Line> lines, Instant now, PrintWriter out) {
        Table table = new Table("account", "mailbox", "provider", "grant", "state", "token", "next");
        for (Line line : lines) {
            table.row(
                    line.account().name(),
                    line.account().user(),
                    line.account().provider(),
                    line.account().grant().key(),
                    line.state(),
                    line.known().accessTokenEnds().map(end -> inWords(end, now)).orElse("none stored"),
                    line.next());
        }
        table.print(out);
    }

    private static String inWords(Instant end, Instant now) {
        return (end.isAfter(now) ? "until " : "ended ") + end.truncatedTo(ChronoUnit.SECONDS);
    }

    private static void printJson(List<Line> lines, PrintWriter out) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Line line : lines) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("account", line.account().name());
            row.put("user", line.account().user());
            row.put("provider", line.account().provider());
            row.put("grant", line.account().grant().key());
            row.put("state", line.state());
            line.known().accessTokenEnds().ifPresent(end -> row.put("accessTokenEnds", end.toString()));
            if (line.known().needsLogin()) {
                row.put("next", line.next());
            }
            rows.add(row);
        }
        out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(rows));
        out.flush();
    }
}
