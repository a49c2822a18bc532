package io.mailroutes.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that was run to its end.
 *
 * @param exitCode what it ended with
 * @param out what it wrote to the standard output
 * @param err what it wrote to the standard error
 */
public record ChildProcess(int exitCode, String out, String err) {
    private static final int LIMIT_SECONDS = 60;

    /**
     * Runs a command; it gets no input.
     *
     * @param directory the working directory
     * @param environment added to this process's one; an empty value removes the variable
     * @throws AssertionError when it is still running after a minute; it is killed then
     */
    public static ChildProcess run(Path directory, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("child", ".out");
        Path err = Files.createTempFile("child", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(
                        Files.createTempFile("child", ".in").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after a minute: " + command + "\n" + Files.readString(err));
        }
        return new ChildProcess(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** The {@code java} that runs this test. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
