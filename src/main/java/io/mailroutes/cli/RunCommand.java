package io.mailroutes.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run}: the real thing. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Reads the configured mailboxes and runs the routes (the default command).",
        footer = {
            "",
            "Exit codes: 0 all delivered; 1 a mail went to the dead letters; 2 configuration;",
            "3 an account needs login; 4 an account or a sink stayed unreachable;",
            "5 Java ran out of memory or failed inside."
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(names = "--once", description = "Deliver what is there now, then end.")
    private boolean once;

    @Option(names = "--dev", description = "Reload routes when their files change.")
    private boolean dev;

    @Option(
            names = "--accept-resync",
            description = "Deliver the mails that are held since the server renumbered their folder (state RESYNC).")
    private boolean acceptResync;

    @Parameters(paramLabel = "ROUTE.yaml", description = "The routes. Default: routes/*.camel.yaml")
    private List<Path> routes = List.of();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        LastWords lastWords = LastWords.toCome();
        try {
            return run();
        } finally {
            lastWords.said();
        }
    }

    private int run() {
        PrintWriter words = requireNonNull(spec).commandLine().getErr();
        try {
            RunRequest request = new RunRequest(
                    Optional.of(configuration.file()),
                    configuration.overrides(),
                    RouteFiles.of(routes, Path.of("")),
                    once,
                    dev,
                    acceptResync);
            StandaloneRun.Report report = new StandaloneRun(request, words).run();
            FolderTable.print(report.folders(), words);
            return report.exitCode().code();
        } catch (Exception e) {
            words.println(StartFailure.inWords(e));
            words.flush();
            return ExitCode.CONFIGURATION.code();
        }
    }
}
