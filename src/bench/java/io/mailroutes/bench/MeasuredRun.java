package io.mailroutes.bench;

import io.mailroutes.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One process, watched from its start to its end. */
final class MeasuredRun {
    /** Keeps the process's own end code, and has the kernel's account of processor time written down. */
    private static final String SHELL = "\"$@\"; code=$?; times > \"$TIMES\"; exit $code";

    private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final long LOOK_MILLIS = 3;

    private final Path scratch;
    private final MailboxServer server;
    private long peak;
    private Optional<Instant> login = Optional.empty();

    MeasuredRun(Path scratch, MailboxServer server) {
        this.scratch = scratch;
        this.server = server;
    }

    /**
     * Runs the command to its end.
     *
     * @throws BenchFailure when it does not end well in time, with what it said
     */
    Costs run(List<String> command, Duration limit) throws IOException, InterruptedException {
        Path log = scratch.resolve("log");
        Path times = scratch.resolve("times");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", SHELL, "bench");
        builder.command().addAll(command);
        builder.environment().put("TIMES", times.toString());
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        long loginsBefore = server.logins();
        Instant started = Clocks.now();
        Process process = builder.start();
        long deadline = System.nanoTime() + limit.toNanos();
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            look(process, loginsBefore);
            if (System.nanoTime() > deadline) {
                end(process);
                throw new BenchFailure("not within " + limit.toSeconds() + " s: " + tail(log));
            }
        }
        Instant ended = Clocks.now();
        if (process.exitValue() != 0) {
            throw new BenchFailure("ended with " + process.exitValue() + ": " + tail(log));
        }
        return new Costs(started, login, ended, cpu(times), peak);
    }

    private void look(Process process, long loginsBefore) {
        if (login.isEmpty() && server.logins() > loginsBefore) {
            login = Optional.of(Clocks.now());
        }
        process.toHandle().children().findFirst().ifPresent(child -> peak = Math.max(peak, peak(child)));
    }

    private static long peak(ProcessHandle child) {
        try {
            Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc", Long.toString(child.pid()), "status")));
            return peak.find() ? Long.parseLong(peak.group(1)) << 10 : 0;
        } catch (IOException gone) {
            return 0; // it has just ended; the last look counts
        }
    }

    /** The second line is of the shell's children. */
    private static double cpu(Path times) throws IOException {
        Matcher line = TIMES.matcher(Files.readAllLines(times).get(1));
        if (!line.matches()) {
            throw new BenchFailure("the shell's times are not understood: " + Files.readString(times));
        }
        return 60 * Double.parseDouble(line.group(1))
                + Double.parseDouble(line.group(2))
                + 60 * Double.parseDouble(line.group(3))
                + Double.parseDouble(line.group(4));
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        Await.until("the process ends", () -> !process.isAlive());
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    /**
     * What was seen of a process.
     *
     * @param login when the server wrote down the first login since the start
     * @param cpu seconds, user and system
     * @param peak bytes of memory that were resident at most
     */
    record Costs(Instant started, Optional<Instant> login, Instant ended, double cpu, long peak) {}
}
