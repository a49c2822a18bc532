package io.mailroutes.bench;

import io.mailroutes.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** This program as a process that goes on until it is closed. */
final class RunningMailroutes implements AutoCloseable {
    private static final int STOP_SECONDS = 15;

    private final Process process;

    private RunningMailroutes(Process process) {
        this.process = process;
    }

    /** @param log for what it says */
    static RunningMailroutes start(List<String> command, Path log) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new RunningMailroutes(process);
    }

    /** Bytes that are resident now. */
    long resident() throws IOException {
        return status("VmRSS") << 10;
    }

    /** Bytes that were resident at most. */
    long peak() throws IOException {
        return status("VmHWM") << 10;
    }

    long threads() throws IOException {
        return status("Threads");
    }

    /** Seconds of processor time so far. */
    double cpu() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    private long status(String name) throws IOException {
        String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
        Matcher value = Pattern.compile(name + ":\\s+(\\d+)").matcher(status);
        if (!value.find()) {
            throw new BenchFailure("no " + name + " in the status of the process, which has ended");
        }
        return Long.parseLong(value.group(1));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                Await.until("the program ends", () -> !process.isAlive());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
