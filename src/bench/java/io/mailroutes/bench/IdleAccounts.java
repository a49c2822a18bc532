package io.mailroutes.bench;

import io.mailroutes.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Many mailboxes without new mail in one process. */
final class IdleAccounts implements Program {
    private static final Duration TO_CONNECT = Duration.ofMinutes(4);
    private static final Duration WATCHED = Duration.ofSeconds(20);
    private static final String SINK = """
            - route:
                id: files
                from:
                  uri: direct:files
                  steps:
                    - to:
                        uri: kamelet:mail-file-sink
                        parameters:
                          directory: @OUT@
                          format: eml
            """;
    private static final String ROUTE = """
            - route:
                id: box@N@
                from:
                  uri: mailbox:box@N@
                  parameters:
                    folderName: INBOX
                  steps:
                    - to: direct:files
            """;

    private final BenchOptions options;
    private final Path directory;

    IdleAccounts(BenchOptions options, Path directory) {
        this.options = options;
        this.directory = directory;
    }

    @Override
    public String name() {
        return "accounts";
    }

    @Override
    public String report() throws IOException {
        TextTable table =
                new TextTable("accounts", "JDK", "all connected s", "resident MB", "peak MB", "threads", "CPU ms/s");
        for (int accounts : options.quick() ? new int[] {500} : new int[] {500, 1_000}) {
            measure(table, accounts, Optional.empty());
            if (options.java25().isPresent()) {
                measure(table, accounts, options.java25());
            }
        }
        return "## Idle accounts\n\nOne folder each; the figures are of " + WATCHED.toSeconds()
                + " s without mail, after all have opened their folder.\n\n" + table;
    }

    private void measure(TextTable table, int accounts, Optional<Path> home) throws IOException {
        try (Scratch scratch = Scratch.below(directory);
                FakeImapServer server = new FakeImapServer(new FakeMailbox(0))) {
            List<String> command = new ArrayList<>(command(scratch.path(), server.port(), accounts));
            home.ifPresent(
                    java -> command.set(0, java.resolve("bin").resolve("java").toString()));
            long from = System.nanoTime();
            try (RunningMailroutes program =
                    RunningMailroutes.start(command, scratch.path().resolve("log"))) {
                Await.until("all accounts are connected", TO_CONNECT, () -> server.selected() >= accounts);
                double connected = (System.nanoTime() - from) / 1e9;
                double cpuBefore = program.cpu();
                long begin = System.nanoTime();
                Await.until("idle time", TO_CONNECT, () -> System.nanoTime() - begin > WATCHED.toNanos());
                table.row(
                        Integer.toString(accounts),
                        home.isPresent()
                                ? "25"
                                : Integer.toString(Runtime.version().feature()),
                        Numbers.hundredths(connected),
                        Numbers.megabytes(program.resident()),
                        Numbers.megabytes(program.peak()),
                        Long.toString(program.threads()),
                        Numbers.whole(1_000 * (program.cpu() - cpuBefore) / WATCHED.toSeconds()));
            } catch (AssertionError late) {
                Progress.say(accounts + " accounts: " + late.getMessage() + ", but " + server.selected());
                table.row(Integer.toString(accounts), "-", "not all: " + server.selected(), "-", "-", "-", "-");
            }
        }
    }

    private static List<String> command(Path scratch, int port, int accounts) throws IOException {
        StringBuilder properties = new StringBuilder();
        StringBuilder routes =
                new StringBuilder(SINK.replace("@OUT@", scratch.resolve("out").toString()));
        for (int number = 1; number <= accounts; number++) {
            properties.append(Ours.account("box" + number, "user" + number + "@example.com", "none", port));
            routes.append(ROUTE.replace("@N@", Integer.toString(number)));
        }
        Path config = Files.writeString(scratch.resolve("application.properties"), properties);
        Path route = Files.writeString(scratch.resolve("bench.camel.yaml"), routes);
        String data = scratch.resolve("data").toString();
        return Java.mailroutes(List.of("run", "--config", config.toString(), "--data", data, route.toString()));
    }
}
