package io.mailroutes.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that one process at a time does. The system frees the lock with its process, however that ends. The file
 * stays, for a lock on a file that somebody deletes and makes again would be two locks.
 *
 * <p>Keep it open also when it could not be had: POSIX frees the lock of a whole process as soon as the process closes
 * the file anywhere, so closing a vain attempt would free the lock of another part of the same process.
 */
public final class ProcessLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessLock.class);
    private static final int PID_BYTES = 20;

    private final FileChannel channel;
    private final boolean acquired;

    private ProcessLock(FileChannel channel) throws IOException {
        this.channel = channel;
        this.acquired = lock(channel);
    }

    /**
     * @param file made when missing, its parents too
     * @throws StoreException when the file cannot be written
     */
    public static ProcessLock on(Path file) {
        try {
            DurableFiles.createDirectories(file.toAbsolutePath().getParent(), false);
            return new ProcessLock(FileChannel.open(file, CREATE, READ, WRITE));
        } catch (IOException e) {
            throw StoreException.of("lock " + file, e);
        }
    }

    /** Whether this is the one that has it. */
    public boolean isAcquired() {
        return acquired;
    }

    /** The process that has it; empty when that cannot be told. */
    public Optional<Long> holder() {
        try {
            ByteBuffer text = ByteBuffer.allocate(PID_BYTES);
            channel.read(text, 0);
            return Optional.of(Long.parseLong(new String(text.array(), US_ASCII).strip()));
        } catch (IOException | NumberFormatException unknown) {
            return Optional.empty(); // it is for words only: the other one may be writing it at this moment
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() == null) {
                return false;
            }
        } catch (OverlappingFileLockException ours) {
            return false; // another part of this very process has it
        }
        String pid =
                String.format("%-" + PID_BYTES + "d", ProcessHandle.current().pid());
        channel.write(ByteBuffer.wrap(pid.getBytes(US_ASCII)), 0);
        return true;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A lock could not be closed; it ends with this process", e);
        }
    }
}
