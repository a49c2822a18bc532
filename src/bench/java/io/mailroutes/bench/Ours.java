package io.mailroutes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * This program: {@code run --once} with a route from {@code mailbox:} to {@code mail-file-sink}.
 *
 * @param format of the sink: {@code eml} or {@code parts}
 * @param fsync whether the sink waits for the disk
 */
record Ours(String format, boolean fsync) implements Competitor {
    private static final String ROUTE = """
            - route:
                id: bench
                from:
                  uri: mailbox:box
                  parameters:
                    folderName: INBOX
                  steps:
                    - to:
                        uri: kamelet:mail-file-sink
                        parameters:
                          directory: @OUT@
                          format: @FORMAT@
                          fsync: @FSYNC@
            """;

    private static final String ACCOUNT = """
            mailroutes.accounts.box.user = @USER@
            mailroutes.accounts.box.grant = password
            mailroutes.accounts.box.password = @PASSWORD@
            mailroutes.accounts.box.host = 127.0.0.1
            mailroutes.accounts.box.port = @PORT@
            mailroutes.accounts.box.security = none
            """;

    @Override
    public String name() {
        return "mailroutes, " + format + (fsync ? ", fsync" : "");
    }

    @Override
    public boolean splitsMails() {
        return format.equals("parts");
    }

    @Override
    public List<String> command(Task task) throws IOException {
        return command(task, List.of());
    }

    /** @param options of the JVM */
    List<String> command(Task task, List<String> options) throws IOException {
        Path route = Files.writeString(
                task.scratch().resolve("bench.camel.yaml"),
                ROUTE.replace("@OUT@", task.out().toString())
                        .replace("@FORMAT@", format)
                        .replace("@FSYNC@", Boolean.toString(fsync)));
        Path config = Files.writeString(
                task.scratch().resolve("application.properties"),
                ACCOUNT.replace("@USER@", task.user())
                        .replace("@PASSWORD@", task.password())
                        .replace("@PORT@", Integer.toString(task.port())));
        String data = task.scratch().resolve("data").toString();
        return Java.mailroutes(
                options, "run", "--once", "--config", config.toString(), "--data", data, route.toString());
    }
}
