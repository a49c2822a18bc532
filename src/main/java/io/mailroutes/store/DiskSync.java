package io.mailroutes.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Waits until the disk has it. An interrupt, as at shutdown, is kept for later: it must not spoil what is written. */
final class DiskSync {
    private DiskSync() {}

    static void file(Path file) throws IOException {
        // Not a FileChannel, which an interrupt would close.
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.getFD().sync();
        }
    }

    /** The names in a directory: without this, a new or renamed file may be missing after a power cut. */
    static void directory(Path directory) throws IOException {
        boolean interrupted = false;
        try {
            while (!forced(directory)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean forced(Path directory) throws IOException {
        if (!FileModes.isPosix(directory)) {
            return true; // Windows opens no directory as a file, and writes names through by itself.
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException interrupt) {
            return false; // The caller clears the interrupt and tries again.
        }
    }
}
