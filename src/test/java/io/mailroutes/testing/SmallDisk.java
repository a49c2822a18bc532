package io.mailroutes.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system of few megabytes, where this user may mount one. */
public final class SmallDisk implements AutoCloseable {
    private final Path directory;
    private final boolean mounted;

    private SmallDisk(Path directory, boolean mounted) {
        this.directory = directory;
        this.mounted = mounted;
    }

    /** One of one megabyte. */
    public static SmallDisk mount(Path directory) {
        return mount(directory, 1);
    }

    public static SmallDisk mount(Path directory, int megabytes) {
        String options = "size=" + megabytes + "m,mode=0700";
        SmallDisk disk =
                new SmallDisk(directory, run("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString()));
        if (!disk.mounted) {
            System.out.println(disk.reason());
        }
        return disk;
    }

    public boolean isMounted() {
        return mounted;
    }

    public String reason() {
        return "skipped: this user may not mount a small file system to fill";
    }

    /** Makes it read-only, as a mounted secret is, or writable again. */
    public void allowWriting(boolean allowed) {
        if (!run("mount", "-o", allowed ? "remount,rw" : "remount,ro", directory.toString())) {
            throw new IllegalStateException("cannot remount " + directory);
        }
    }

    @Override
    public void close() {
        if (mounted && !run("umount", directory.toString())) {
            throw new IllegalStateException("cannot unmount " + directory);
        }
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while mounting", e);
        }
    }
}
