package io.mailroutes.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A file system of few mebibytes in memory. Where mounting is not allowed the test is skipped, with the reason. */
final class SmallDisk implements AutoCloseable {
    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    static SmallDisk mount(Path directory, int mebibytes) throws IOException {
        Files.createDirectories(directory);
        SmallDisk disk = new SmallDisk(directory);
        String said = disk.run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + mebibytes + "m", "tmpfs");
        Assumptions.assumeTrue(said.isEmpty(), () -> "no small disk can be mounted here: " + said);
        return disk;
    }

    void resize(int mebibytes) throws IOException {
        String said = run("mount", "-o", "remount,size=" + mebibytes + "m");
        if (!said.isEmpty()) {
            throw new IOException(said);
        }
    }

    /** Takes all the room that is left; returns the file that has it. */
    Path fill() throws IOException {
        Path filler = directory.resolve("filler");
        byte[] page = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            for (; ; ) {
                out.write(page);
            }
        } catch (IOException full) {
            return filler; // that is what was wanted
        }
    }

    @Override
    public void close() throws IOException {
        run("umount");
    }

    /** Returns what the command complains of; empty when it worked. */
    private String run(String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(command));
        all.add(directory.toString());
        try {
            Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            return process.waitFor() == 0 ? "" : "code " + process.exitValue() + " " + said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
