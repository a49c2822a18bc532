package io.mailroutes.camel.queue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the disk of the embedded broker has room for a mail. Artemis shuts itself down on a full disk, so we ask
 * before: then the mail waits on its server, and nothing has failed.
 */
final class EmbeddedBrokerRoom {
    /** What the journal, and the ledger beside it, need to go on. */
    static final long RESERVE = 16L << 20;

    /** Files are counted no more often; in between what is sent is added. */
    private static final Duration COUNTED_FOR = Duration.ofSeconds(10);

    private final Path directory;
    private final long maximumSize;
    private long size;
    private long countedAt;
    private boolean counted;

    EmbeddedBrokerRoom(Path directory, long maximumSize) {
        this.directory = directory;
        this.maximumSize = maximumSize;
    }

    synchronized void require(long bytes) throws QueueAwayException {
        try {
            requireDisk(bytes);
            requireShare(bytes);
        } catch (IOException e) {
            throw new QueueAwayException("mail-queue-sink: the disk of " + directory + " does not tell its room", e);
        }
    }

    private void requireDisk(long bytes) throws IOException, QueueAwayException {
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free - bytes < RESERVE) {
            throw new QueueAwayException(
                    "mail-queue-sink: the disk of " + directory + " has " + (free >> 20)
                            + " MiB left, too little for a mail of " + bytes
                            + " bytes: make room, or have the queues read",
                    null);
        }
    }

    private void requireShare(long bytes) throws IOException, QueueAwayException {
        boolean old = System.nanoTime() - countedAt > COUNTED_FOR.toNanos();
        if (!counted || old || size + bytes > maximumSize) {
            size = count();
            countedAt = System.nanoTime();
            counted = true;
        }
        if (size + bytes > maximumSize) {
            throw new QueueAwayException(
                    "mail-queue-sink: the queues in " + directory + " take " + (size >> 20)
                            + " MiB, as many as mailroutes.queue.maximum-size=" + maximumSize
                            + " allows: have them read, or raise it",
                    null);
        }
        size += bytes;
    }

    /** Files come and go meanwhile. */
    private long count() throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path gone, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes.get();
    }
}
