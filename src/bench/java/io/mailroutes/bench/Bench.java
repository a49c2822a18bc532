package io.mailroutes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Runs the benchmarks that {@link BenchOptions} asks for and prints their tables. */
public final class Bench {
    private Bench() {}

    /** Ends with 1 when a program failed; the figures of the others are printed all the same. */
    public static void main(String[] arguments) throws IOException {
        BenchOptions options = BenchOptions.read();
        Path directory = Files.createTempDirectory(options.directory(), "mailroutes-bench");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Report report = new Report(options);
        boolean good = true;
        try (MailboxServer server = new MailboxServer(directory)) {
            for (Program program : programs(options, server, directory)) {
                good &= !options.wants(program.name()) || run(program, report);
            }
        } finally {
            Written.delete(directory);
        }
        report.write();
        System.exit(good ? 0 : 1);
    }

    private static boolean run(Program program, Report report) {
        try {
            report.add(program.report());
            return true;
        } catch (Exception | AssertionError failure) { // the next program may still have something to say
            report.add("## " + program.name() + "\n\nFailed: " + failure.getMessage() + "\n");
            return false;
        }
    }

    private static List<Program> programs(BenchOptions options, MailboxServer server, Path directory) {
        return List.of(
                Throughput.near(options, server, directory),
                Throughput.far(options, server, directory),
                new Turns(server, directory),
                new Latency(options, server, directory),
                new Memory(server, directory),
                new Start(options, server, directory),
                new IdleAccounts(options, directory),
                new MillionMails(directory));
    }
}
