package io.mailroutes.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One command line in a JVM of its own, which can be sent signals. */
final class ChildCommand implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    private ChildCommand(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** @param options of the JVM */
    static ChildCommand start(
            Path directory, Map<String, String> environment, List<String> options, String... arguments)
            throws IOException {
        Path out = Files.createTempFile(directory, "command", ".out");
        Path err = Files.createTempFile(directory, "command", ".err");
        List<String> command = new ArrayList<>(hearing());
        command.add(ChildProcess.java());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", Objects.requireNonNull(System.getProperty("java.class.path"))));
        command.add("io.mailroutes.Main");
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new ChildCommand(builder.start(), out, err);
    }

    /** A build that was started in the background is deaf to SIGINT, and its children would be too. */
    private static List<String> hearing() {
        return Files.exists(Path.of("/proc/self/status")) ? List.of("/usr/bin/env", "--default-signal=INT") : List.of();
    }

    /** The first line on its standard output that begins so. */
    String line(String beginning) {
        Await.until(
                "a line " + beginning,
                () -> !process.isAlive() || find(beginning).isPresent());
        return find(beginning).orElseThrow(() -> new AssertionError("no such line; it said: " + words()));
    }

    private Optional<String> find(String beginning) {
        return out().lines().filter(line -> line.startsWith(beginning)).findFirst();
    }

    void type(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** The exit code, when it has ended. */
    int code() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still running; it said: " + words());
        }
        return process.exitValue();
    }

    String out() {
        return read(out);
    }

    String words() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
