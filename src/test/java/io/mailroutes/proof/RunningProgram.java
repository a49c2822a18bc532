package io.mailroutes.proof;

import io.mailroutes.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One process of the program; ended with the test's JVM at the latest. */
final class RunningProgram implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;
    private final Thread atTheEnd;
    private final long started = System.nanoTime();
    private final CompletableFuture<Long> ended;

    private RunningProgram(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
        ended = process.onExit().thenApply(gone -> System.nanoTime());
        atTheEnd = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atTheEnd);
    }

    /** @param logs the files for what it says get this name, with .out and .err */
    static RunningProgram start(List<String> command, Map<String, String> environment, Path logs) throws IOException {
        Path out = logs.resolveSibling(logs.getFileName() + ".out");
        Path err = logs.resolveSibling(logs.getFileName() + ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.directory(logs.toAbsolutePath().getParent().toFile());
        builder.environment().putAll(environment);
        return new RunningProgram(builder.start(), out, err);
    }

    /** Waits for the end; returns the exit code. */
    int await(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
                throw new AssertionError("did not end within " + limit.toSeconds() + " s:\n" + words());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        return process.exitValue();
    }

    /** How long it has lived, or how long it lived. */
    Duration lived() {
        return Duration.ofNanos(ended.getNow(System.nanoTime()) - started);
    }

    /** The code that it ended with. */
    int exitCode() {
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What stands on stderr so far: the log, and words for people. */
    String words() {
        return read(err);
    }

    /** What stands on stdout so far. */
    String output() {
        return read(out);
    }

    /** Waits until the log says this. */
    RunningProgram awaitWords(String text) {
        awaitThat("the log says " + text, () -> words().contains(text));
        return this;
    }

    /** Waits up to 30 s for something that this program does; its log is in the failure. */
    void awaitThat(String what, Await.Condition condition) {
        awaitThat(what, Duration.ofSeconds(30), condition);
    }

    /** Waits for something that this program does; its log is in the failure. */
    void awaitThat(String what, Duration limit, Await.Condition condition) {
        try {
            Await.until(what, limit, condition);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\nthe log:\n" + words(), e);
        }
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
        if (process.isAlive()) {
            kill();
        }
        Runtime.getRuntime().removeShutdownHook(atTheEnd);
    }
}
