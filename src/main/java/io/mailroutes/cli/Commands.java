package io.mailroutes.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line: {@code mailroutes [COMMAND] ...}. */
@Command(
        name = "mailroutes",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Apache Camel routes for mailboxes behind OAuth2.",
        subcommands = {
            RunCommand.class,
            LoginCommand.class,
            TokenCommand.class,
            AccountsCommand.class,
            LogoutCommand.class,
            RotateKeyCommand.class,
            SandboxCommand.class
        })
public final class Commands implements Runnable {
    private static final String DEFAULT = "run";

    @Spec
    private @Nullable CommandSpec spec;

    private final Path home;
    private final InputStream in;

    private Commands(Path home, InputStream in) {
        this.home = home;
        this.in = in;
    }

    /** Where answers to questions come from. */
    static InputStream input(CommandSpec command) {
        return ((Commands) command.root().userObject()).in;
    }

    /** Where the program is, for what comes with it. */
    static Path home(CommandSpec command) {
        return ((Commands) command.root().userObject()).home;
    }

    /**
     * Runs one command line.
     *
     * @param home where the program is: its {@code routes/} are what the sandbox runs
     * @param in where answers to questions come from
     * @param out where data goes
     * @param err where words go
     * @return the exit code
     */
    public static int execute(Path home, InputStream in, PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commands =
                new CommandLine(new Commands(home, in)).setOut(out).setErr(err);
        return commands.execute(withDefault(commands, arguments));
    }

    @Override
    public void run() {
        throw new IllegalStateException("the default command is always named");
    }

    /** {@code mailroutes --once} is {@code mailroutes run --once}; help and version are for the program. */
    private static String[] withDefault(CommandLine commands, String[] arguments) {
        boolean named = arguments.length > 0
                && (commands.getSubcommands().containsKey(arguments[0])
                        || Stream.of("-h", "--help", "-V", "--version").anyMatch(arguments[0]::equals));
        if (named) {
            return arguments;
        }
        return Stream.concat(Stream.of(DEFAULT), Arrays.stream(arguments)).toArray(String[]::new);
    }
}
