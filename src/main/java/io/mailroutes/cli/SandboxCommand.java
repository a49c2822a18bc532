package io.mailroutes.cli;

import static java.util.Objects.requireNonNull;

import io.mailroutes.sandbox.Sandbox;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sandbox}: the main job on embedded servers. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description =
                "The main job on embedded servers: sample mailboxes behind OAuth2, the routes in routes/, results.",
        footer = {"", "Exit codes: 0 every mail is in its expected place; 1 one is not; 2 configuration."})
final class SandboxCommand implements Callable<Integer> {
    @Option(names = "--once", description = "End when the sample mail is through; without it, stay and take new mail.")
    private boolean once;

    @Option(
            names = "--dir",
            paramLabel = "D",
            description =
                    "Deliveries go to D/out, state to D/data; both are emptied first. Default: a temporary directory.")
    private @Nullable Path directory;

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
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            List<Path> routes = RouteFiles.of(List.of(), Commands.home(spec));
            SandboxDirectory place = SandboxDirectory.prepare(Optional.ofNullable(directory));
            try (Sandbox sandbox = Sandbox.start(Clock.systemUTC())) {
                introduce(sandbox, place.writeLogin(sandbox.loginProperties()), err);
                StandaloneRun.Report report = new StandaloneRun(request(sandbox, place, routes), err).run();
                boolean asExpected = new SandboxTable(sandbox, place).print(out, report);
                return once && !asExpected ? ExitCode.DEAD_LETTER.code() : ExitCode.OK.code();
            }
        } catch (Exception e) {
            err.println(StartFailure.inWords(e));
            err.flush();
            return ExitCode.CONFIGURATION.code();
        }
    }

    private void introduce(Sandbox sandbox, Path login, PrintWriter err) {
        err.println("An authorization server (tokens live 60 s) and an IMAP server that takes nothing else are up.");
        if (!once) {
            err.println("New mail: send it by SMTP to " + sandbox.mailServer().host() + " port "
                    + sandbox.mailServer().smtpPort() + ", to support@, invoices@ or orders@example.com. For example");
            err.println("  curl smtp://" + sandbox.mailServer().host() + ":"
                    + sandbox.mailServer().smtpPort()
                    + " --mail-from me@example.com --mail-rcpt support@example.com -T MAIL.eml");
            err.println("To try a login with consent in a browser, in another terminal:");
            err.println("  mailroutes login " + Sandbox.LOGIN_ACCOUNT + " --config " + login + " --data "
                    + login.resolveSibling("login-data"));
            err.println("New mail is noticed at the next poll, within a minute. Ctrl-C ends the sandbox.");
        }
        err.flush();
    }

    private RunRequest request(Sandbox sandbox, SandboxDirectory place, List<Path> routes) {
        Map<String, String> overrides = new HashMap<>(sandbox.properties());
        overrides.put("mailroutes.data-directory", place.data().toString());
        overrides.put("out.directory", place.out().toString());
        return new RunRequest(Optional.empty(), overrides, routes, once, false, false);
    }
}
