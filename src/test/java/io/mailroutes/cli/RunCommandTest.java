package io.mailroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The words and exit codes of {@code run}; stdout is for data, so it stays empty. */
@Timeout(90)
class RunCommandTest {
    private static final List<String> ACCOUNT = List.of(
            "mailroutes.accounts.support.user = joe@example.com",
            "mailroutes.accounts.support.password = x",
            "mailroutes.accounts.support.host = 127.0.0.1",
            "mailroutes.accounts.support.port = 9",
            "mailroutes.accounts.support.security = none");

    @TempDir
    Path directory;

    private final List<Sandbox> sandboxes = new ArrayList<>();

    @AfterEach
    void close() {
        sandboxes.forEach(Sandbox::close);
    }

    @Test
    void aMissingConfigurationIsNamed() {
        CommandLineRun run = CommandLineRun.of(directory, "run", "--config", "nowhere.properties");
        assertRefused(run, "nowhere.properties does not exist", "--config FILE", "mailroutes sandbox");
    }

    @Test
    void aDirectoryIsNoConfiguration() {
        assertRefused(CommandLineRun.of(directory, "run", "--config", directory.toString()), directory.toString());
    }

    @Test
    void everyProblemOfTheConfigurationIsListedWithASuggestion() {
        CommandLineRun run = run(
                List.of("mailroutes.accounts.support.pasword = x", "mailroutes.accounts.support.provider = gogle"),
                route("r", "mailbox:support"));
        assertRefused(run, "did you mean 'mailroutes.accounts.support.password'?", "did you mean 'google'?");
    }

    @Test
    void aMissingRouteFileIsNamed() throws IOException {
        CommandLineRun run =
                CommandLineRun.of(directory, "run", "--config", config(ACCOUNT).toString(), "nope.yaml");
        assertRefused(run, "the route file nope.yaml does not exist");
    }

    @Test
    void aWordThatIsNoCommandIsSaidToBeNone() throws IOException {
        CommandLineRun run =
                CommandLineRun.of(directory, "run", "--config", config(ACCOUNT).toString(), "chek");
        assertRefused(run, "there is no such command", "mailroutes --help");
    }

    @Test
    void brokenYamlIsNamedByFileAndLine() {
        CommandLineRun run =
                run(ACCOUNT, file("broken", "- route:\n    id: x\n   from:\n      uri: mailbox:support\n"));
        assertRefused(run, "broken.camel.yaml", "line 3");
    }

    @Test
    void aStepThatYamlDoesNotKnowIsNamedByFileAndLine() {
        Path file = file(
                "unknown",
                "- route:\n    id: x\n    from:\n      uri: mailbox:support\n      stps:\n        - log: hi\n");
        assertRefused(run(ACCOUNT, file), "stps", "unknown.camel.yaml", "line 6");
    }

    @Test
    void anUnknownOptionOfTheMailboxIsRefusedWithASuggestion() {
        CommandLineRun run = run(ACCOUNT, route("r", "mailbox:support?folderNam=A"));
        assertRefused(run, "r.camel.yaml", "unknown option 'folderNam'; did you mean 'folderName'?");
        assertThat(run.err().lines()).hasSizeLessThan(4);
    }

    @Test
    void wrongOptionsAreAllNamedWithTheFile() {
        CommandLineRun run = run(ACCOUNT, route("r", "mailbox:support?select=newest&concurrency=0"));
        assertRefused(run, "r.camel.yaml", "select=newest", "concurrency=0");
    }

    @Test
    void twoRoutesOnOneFolderAreBothNamed() {
        CommandLineRun run =
                run(ACCOUNT, route("one", "mailbox:support"), route("two", "mailbox:support?folderName=inbox"));
        assertRefused(run, "one and two", "INBOX of account support", "multicast");
    }

    @Test
    void whenNoRouteIsLeftTheRunIsRefusedAndTheRouteNamed() {
        CommandLineRun run = run(ACCOUNT, route("r", "mailbox:other"));
        assertRefused(run, "not started: route r, because the account other is not configured", "no route is left");
    }

    @Test
    void withoutAnyAccountNoRouteIsLeft() {
        assertRefused(run(List.of(), route("r", "mailbox:other")), "not started: route r", "no route is left");
    }

    @Test
    void aComponentThatIsNotThereIsNamed() {
        Path file = file(
                "nocomponent",
                "- route:\n    id: x\n    from:\n      uri: mailbox:support\n      steps:\n        - to: nosuch:thing\n");
        assertRefused(run(ACCOUNT, file), "nosuch");
    }

    @Test
    void anUnknownOptionOfTheCommandShowsHowToUseIt() {
        assertRefused(CommandLineRun.of(directory, "--bogus"), "Unknown option: '--bogus'", "Usage: mailroutes run");
    }

    @Test
    void helpIsDataAndNamesTheExitCodes() {
        assertThat(CommandLineRun.of(directory, "--help").out()).contains("run", "sandbox");
        CommandLineRun help = CommandLineRun.of(directory, "run", "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("--once", "Exit codes: 0 all delivered");
        assertThat(CommandLineRun.of(directory, "--version").out()).contains("mailroutes", "Apache Camel");
    }

    @Test
    void onceOnAServerOfTheSandboxDeliversAndSaysSoInATable() {
        CommandLineRun run = run(sandbox(), toFiles("support"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("mailbox", "dead letters", "support", "INBOX");
        assertThat(directory.resolve("out/support/INBOX")).isDirectoryContaining("glob:**.eml");
    }

    @Test
    void runIsTheDefaultAndARouteThatIsSkippedDoesNotKeepTheOthers() throws IOException {
        CommandLineRun run = CommandLineRun.of(
                directory,
                "--once",
                "--config",
                config(sandbox()).toString(),
                toFiles("support").toString(),
                route("r", "mailbox:other").toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("not started: route r");
        assertThat(directory.resolve("out/support/INBOX")).isDirectoryContaining("glob:**.eml");
    }

    @Test
    void aDeadLetterIsExitCodeOne() {
        Path file = file("failing", """
                - route:
                    id: failing
                    from:
                      uri: mailbox:support
                      parameters: { maximumAttempts: 1 }
                      steps:
                        - throwException:
                            exceptionType: java.lang.IllegalArgumentException
                            message: no
                """);
        CommandLineRun run = run(sandbox(), file);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(directory.resolve("data/dead-letters/support")).isNotEmptyDirectory();
    }

    @Test
    void anAccountThatIsRefusedIsExitCodeThree() {
        List<String> wrong = new ArrayList<>(sandbox());
        wrong.add("mailroutes.accounts.support.client-secret = wrong");
        CommandLineRun run = run(wrong, toFiles("support"));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.err()).contains("NEEDS_LOGIN");
    }

    @Test
    void aFolderThatIsMissingIsExitCodeTwoAndWinsOverADeliveredOne() {
        CommandLineRun run = run(sandbox(), toFiles("support"), route("r", "mailbox:invoices?folderName=Nope"));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains("Nope");
        assertThat(directory.resolve("out/support/INBOX")).isDirectoryContaining("glob:**.eml");
    }

    private static void assertRefused(CommandLineRun run, String... words) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(words).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }

    private List<String> sandbox() {
        Sandbox sandbox = Sandbox.start(Clock.systemUTC());
        sandboxes.add(sandbox);
        return sandbox.properties().entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue())
                .toList();
    }

    private CommandLineRun run(List<String> properties, Path... routes) {
        try {
            List<String> arguments = new ArrayList<>(List.of("run", "--once", "--config"));
            arguments.add(config(properties).toString());
            for (Path route : routes) {
                arguments.add(route.toString());
            }
            return CommandLineRun.of(directory, arguments.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path config(List<String> properties) throws IOException {
        List<String> all = new ArrayList<>(properties);
        all.add("mailroutes.data-directory = " + directory.resolve("data"));
        return Files.write(directory.resolve("application.properties"), all);
    }

    private Path toFiles(String account) {
        return file("to-files", """
                - route:
                    id: to-files
                    from:
                      uri: mailbox:ACCOUNT
                      steps:
                        - to: "kamelet:mail-file-sink?directory=OUT&format=eml&fsync=false"
                """.replace("ACCOUNT", account)
                .replace("OUT", directory.resolve("out").toString()));
    }

    private Path route(String id, String from) {
        return file(
                id,
                "- route:\n    id: " + id + "\n    from:\n      uri: " + from + "\n      steps:\n        - log: hi\n");
    }

    private Path file(String name, String yaml) {
        try {
            return Files.writeString(directory.resolve(name + ".camel.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
