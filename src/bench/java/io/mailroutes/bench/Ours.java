package io.mailroutes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
            mailroutes.accounts.@NAME@.user = @USER@
            mailroutes.accounts.@NAME@.grant = password
            mailroutes.accounts.@NAME@.password = @PASSWORD@
            mailroutes.accounts.@NAME@.host = 127.0.0.1
            mailroutes.accounts.@NAME@.port = @PORT@
            mailroutes.accounts.@NAME@.security = none
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
        return run(task.user(), task.port(), task.password(), task.out(), task.scratch(), "", "--once");
    }

    /** The same without an end. @param delayMillis between two polls */
    List<String> forEver(String user, int port, String password, Path out, Path own, int delayMillis)
            throws IOException {
        return run(user, port, password, out, own, "        delay: " + delayMillis + "\n");
    }

    /** The properties of an account that logs in with a password, in clear on the loopback address. */
    static String account(String name, String user, String password, int port) {
        return ACCOUNT.replace("@NAME@", name)
                .replace("@USER@", user)
                .replace("@PASSWORD@", password)
                .replace("@PORT@", Integer.toString(port));
    }

    private List<String> run(
            String user, int port, String password, Path out, Path own, String parameters, String... arguments)
            throws IOException {
        Path route = Files.writeString(
                own.resolve("bench.camel.yaml"),
                ROUTE.replace("      steps:", parameters + "      steps:")
                        .replace("@OUT@", out.toString())
                        .replace("@FORMAT@", format)
                        .replace("@FSYNC@", Boolean.toString(fsync)));
        Path config = Files.writeString(own.resolve("application.properties"), account("box", user, password, port));
        List<String> all = new ArrayList<>(List.of("run", "--config", config.toString()));
        all.addAll(List.of("--data", own.resolve("data").toString()));
        all.addAll(List.of(arguments));
        all.add(route.toString());
        return Java.mailroutes(all);
    }
}
