package io.mailroutes.cli;

import io.mailroutes.account.Configuration;
import io.mailroutes.camel.Installation;
import io.mailroutes.camel.Installer;
import io.mailroutes.camel.LoopResult;
import io.mailroutes.camel.MailboxStatus;
import io.mailroutes.camel.PlaceholderFunctions;
import io.mailroutes.camel.RouteAccounts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.jspecify.annotations.Nullable;

/** A Camel Main with Mailroutes in it, from its start to its end. */
final class StandaloneRun {
    private final RunRequest request;
    private final PrintWriter words;
    private final Main main = new Main();
    private @Nullable Installation installation;

    /** @param words where sentences for people go */
    StandaloneRun(RunRequest request, PrintWriter words) {
        this.request = request;
        this.words = words;
    }

    /** How the run ended, and how each folder fared. */
    record Report(ExitCode exitCode, List<MailboxStatus.Snapshot> folders) {}

    /**
     * Returns when the run is over.
     *
     * @throws Exception when it could not be started: then nothing was read
     */
    Report run() throws Exception {
        configure();
        main.addMainListener(new Listener());
        boolean ran = false;
        try {
            main.run();
            ran = true;
        } finally {
            if (!ran) {
                main.shutdown(); // what had started before it failed
            }
        }
        return report();
    }

    /** From any thread: ends the run. */
    void stop() {
        main.completed();
    }

    private void configure() {
        main.setPropertyPlaceholderLocations(
                request.config().map(file -> "file:" + file.toAbsolutePath()).orElse("false"));
        request.overrides().forEach(main::addOverrideProperty);
        main.configure().setName("mailroutes");
        main.configure().setJmxEnabled(false);
        main.configure().setShutdownTimeout(7);
        main.configure().setAutoConfigurationLogSummary(false);
        main.configure()
                .setRoutesIncludePattern(request.routes().stream()
                        .map(file -> "file:" + file.toAbsolutePath())
                        .collect(Collectors.joining(",")));
        if (request.dev()) {
            reloadOnChange();
        }
    }

    private void reloadOnChange() {
        Path first = request.routes().get(0).toAbsolutePath().getParent();
        main.configure().setRoutesReloadEnabled(true);
        main.configure().setRoutesReloadDirectory(String.valueOf(first));
        main.configure()
                .setRoutesReloadPattern(request.routes().stream()
                        .map(file -> String.valueOf(file.getFileName()))
                        .collect(Collectors.joining(",")));
    }

    private Report report() {
        Installation known = installation;
        List<Installation.Watched> watched = known == null ? List.of() : known.watched();
        List<MailboxStatus.Snapshot> folders =
                watched.stream().map(folder -> folder.status().snapshot()).toList();
        ExitCode code = ExitCode.OK;
        for (Installation.Watched folder : watched) {
            code = code.or(ExitCode.of(folder.result().getNow(LoopResult.STOPPED)));
        }
        if (folders.stream().anyMatch(folder -> folder.deadLettered() > 0)) {
            code = code.or(ExitCode.DEAD_LETTER);
        }
        return new Report(code, folders);
    }

    /** Nothing can be relied upon now, not even an orderly end; the mails are still on the server. */
    private void endAtOnce(Error error) {
        try {
            words.println("mailroutes ends at once, because Java itself has failed: " + error
                    + ". No mail is lost. More memory: JAVA_OPTS=-Xmx...");
            words.flush();
        } finally {
            Runtime.getRuntime().halt(ExitCode.JAVA_FAILED.code());
        }
    }

    private Installation.Terms terms() {
        Installation.Terms terms = Installation.Terms.standard().onFatal(this::endAtOnce);
        if (request.acceptResync()) {
            terms = terms.acceptingResync();
        }
        return request.once() ? terms.once() : terms;
    }

    private final class Listener extends MainListenerSupport {
        @Override
        public void beforeInitialize(BaseMainSupport starting) {
            PlaceholderFunctions.register(starting.getCamelContext());
        }

        @Override
        public void beforeStart(BaseMainSupport starting) {
            CamelContext context = starting.getCamelContext();
            Configuration configuration = Installer.configuration(context);
            if (skipUnconfigured(context, configuration) == 0) {
                throw new UsageException("no route is left to run: configure the account of one of them under"
                        + " mailroutes.accounts.NAME.*");
            }
            installation = Installer.install(context, configuration, terms());
        }

        @Override
        public void afterStart(BaseMainSupport started) {
            if (request.once()) {
                endWithTheLast();
            }
        }
    }

    private long skipUnconfigured(CamelContext context, Configuration configuration) {
        try {
            List<RouteAccounts.Skipped> skipped = RouteAccounts.removeUnconfigured(
                    context, configuration.accounts().keySet());
            skipped.forEach(route -> words.println("not started: route " + route.route() + ", because the account "
                    + route.account() + " is not configured"));
            words.flush();
            return RouteAccounts.count(context);
        } catch (Exception e) {
            throw new UsageException("the routes cannot be read: " + e.getMessage());
        }
    }

    private void endWithTheLast() {
        Installation known = installation;
        CompletableFuture<?>[] results = known == null
                ? new CompletableFuture<?>[0]
                : known.watched().stream().map(Installation.Watched::result).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(results).whenComplete((done, failure) -> stop());
    }
}
