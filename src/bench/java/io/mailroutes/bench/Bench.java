package io.mailroutes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Runs the benchmarks that {@link BenchOptions} asks for and prints their tables. */
public final class Bench {
    private Bench() {}

    /** Ends with 1 when a program failed. */
    public static void main(String[] arguments) throws Exception {
        BenchOptions options = BenchOptions.read();
        Path directory = Files.createTempDirectory(options.directory(), "mailroutes-bench");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (MailboxServer server = new MailboxServer(directory)) {
            for (Program program : programs(options, server, directory)) {
                if (options.wants(program.name())) {
                    System.out.println(program.report());
                }
            }
        } finally {
            Written.delete(directory);
        }
    }

    private static List<Program> programs(BenchOptions options, MailboxServer server, Path directory)
            throws IOException {
        return List.of(Throughput.near(options, server, directory), Throughput.far(options, server, directory));
    }
}
