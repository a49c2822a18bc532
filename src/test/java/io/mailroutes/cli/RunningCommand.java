package io.mailroutes.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.testing.Await;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command line on its own thread, with what it has said so far. */
final class RunningCommand {
    private final StringWriter out = new StringWriter();
    private final StringWriter words = new StringWriter();
    private final CompletableFuture<Integer> code;

    private RunningCommand(InputStream in, String... arguments) {
        code = CompletableFuture.supplyAsync(
                () -> Commands.execute(
                        Path.of(""), in, new PrintWriter(out, true), new PrintWriter(words, true), arguments),
                task -> {
                    Thread thread = new Thread(task, "command");
                    thread.setDaemon(true);
                    thread.start();
                });
    }

    static RunningCommand of(String... arguments) {
        return new RunningCommand(InputStream.nullInputStream(), arguments);
    }

    static RunningCommand reading(InputStream in, String... arguments) {
        return new RunningCommand(in, arguments);
    }

    static RunningCommand fed(String input, String... arguments) {
        return new RunningCommand(new ByteArrayInputStream(input.getBytes(UTF_8)), arguments);
    }

    /** The exit code, when it has ended. */
    int code() throws Exception {
        return code.get(30, TimeUnit.SECONDS);
    }

    /** The first line of its data that begins so. */
    String line(String beginning) {
        Await.until(
                "a line " + beginning, () -> code.isDone() || find(beginning).isPresent());
        return find(beginning).orElseThrow(() -> new AssertionError("no such line; it said: " + words));
    }

    private Optional<String> find(String beginning) {
        return out.toString().lines().filter(line -> line.startsWith(beginning)).findFirst();
    }

    String out() {
        return out.toString();
    }

    String words() {
        return words.toString();
    }
}
