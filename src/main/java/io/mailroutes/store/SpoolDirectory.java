package io.mailroutes.store;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory for the temporary files of one process. It goes when it is closed; when its process was killed, the next
 * one to open a directory beside it removes it. Whether a process lives is known by the lock on {@code NAME.lock}, which
 * the system frees with the process.
 */
public final class SpoolDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolDirectory.class);
    private static final String LOCK = ".lock";

    private final Path directory;
    private final Path lockFile;
    private final FileChannel lock;

    private SpoolDirectory(Path directory, Path lockFile, FileChannel lock) {
        this.directory = directory;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * @param parent created when missing
     * @throws StoreException when the directory cannot be made
     */
    public static SpoolDirectory open(Path parent) {
        try {
            DurableFiles.createDirectories(parent.toAbsolutePath(), false);
            removeThoseOfTheDead(parent);
            String name = "run-"
                    + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
            Path lockFile = parent.resolve(name + LOCK);
            Files.createFile(lockFile, FileModes.file(lockFile));
            FileChannel lock = FileChannel.open(lockFile, WRITE);
            lock.lock();
            Path directory = parent.resolve(name);
            Files.createDirectory(directory, FileModes.directory(directory));
            return new SpoolDirectory(directory, lockFile, lock);
        } catch (IOException e) {
            throw StoreException.of("prepare a directory for temporary files in " + parent, e);
        }
    }

    public Path path() {
        return directory;
    }

    private static void removeThoseOfTheDead(Path parent) throws IOException {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(parent, "run-*" + LOCK)) {
            for (Path lockFile : locks) {
                removeUnlessAlive(lockFile);
            }
        }
    }

    private static void removeUnlessAlive(Path lockFile) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile, WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                String name = String.valueOf(lockFile.getFileName());
                DirectoryTree.delete(lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length())));
                Files.deleteIfExists(lockFile);
            }
        } catch (NoSuchFileException gone) {
            LOG.debug("{} was removed by another process", lockFile);
        } catch (OverlappingFileLockException alive) {
            LOG.debug("{} belongs to this very process", lockFile);
        }
    }

    /** What cannot be removed now is removed by the next process. */
    @Override
    public void close() {
        try (lock) {
            DirectoryTree.delete(directory);
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            LOG.warn("The temporary files in {} cannot be removed: {}", directory, e.toString());
        }
    }
}
