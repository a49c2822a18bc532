package io.mailroutes.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;

/**
 * The state of one Mailroutes instance: a SQLite file in the data directory. Opens and migrates the schema. Safe for
 * many threads; several processes may have the same file open.
 *
 * <p>One connection serves all, one transaction at a time; each commit waits for the disk ({@code synchronous=FULL} in
 * WAL mode). Another process is waited for up to 10 seconds.
 */
public final class Store implements AutoCloseable {
    private static final Duration BUSY_LIMIT = Duration.ofSeconds(10);

    private final Path file;
    private final Connection connection;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    private Store(Path file, Connection connection, Clock clock) {
        this.file = file;
        this.connection = connection;
        this.clock = clock;
    }

    /**
     * @param dataDirectory created with mode 0700 when missing; refused when others can read it
     * @param url {@code jdbc:sqlite:...}; empty means {@code mailroutes.db} in the data directory. The directory of the
     *     file is held to the same rules as the data directory
     * @throws PermanentStoreException when a directory or file is open to other users or belongs to one, when the file is
     *     damaged, of another program or of a newer version, or when the URL is not understood
     * @throws TransientStoreException when another process holds the file, or the disk is full
     */
    public static Store open(Path dataDirectory, String url, Clock clock) {
        Path data = dataDirectory.toAbsolutePath().normalize();
        Path file = DatabaseUrl.file(url, data);
        PrivateDirectory home = PrivateDirectory.open(data);
        Path parent = Objects.requireNonNull(file.getParent(), "a file has a directory");
        if (!parent.equals(data)) {
            home = PrivateDirectory.open(parent);
        }
        String name = String.valueOf(file.getFileName());
        home.file(name);
        home.check(name + "-wal"); // SQLite creates these two with the mode of the file itself.
        home.check(name + "-shm");
        try {
            Store store = new Store(file, connect(file), clock);
            store.migrate();
            return store;
        } catch (SQLException e) {
            throw SqliteErrors.of(file, e);
        }
    }

    /** The file that holds the state. */
    public Path file() {
        return file;
    }

    Clock clock() {
        return clock;
    }

    /**
     * Runs the work in one transaction that excludes all other threads and processes, and returns when the disk has it.
     * Nothing is kept of a work that throws.
     *
     * @throws StoreException when SQLite refuses
     */
    <T> T inTransaction(SqlWork<T> work) {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("a transaction is open on this thread");
        }
        lock.lock();
        try {
            if (closed) {
                throw new TransientStoreException("the state in " + file + " is closed: Mailroutes is stopping", null);
            }
            return transact(work);
        } catch (SQLException e) {
            throw SqliteErrors.of(file, e);
        } finally {
            lock.unlock();
        }
    }

    /** Writes the whole file anew, so that nothing is left in its unused parts nor in the log beside it. */
    void rewrite() {
        lock.lock();
        try {
            execute("VACUUM");
            execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            throw SqliteErrors.of(file, e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            connection.close();
        } catch (SQLException e) {
            throw SqliteErrors.of(file, e);
        } finally {
            lock.unlock();
        }
    }

    private <T> T transact(SqlWork<T> work) throws SQLException {
        // IMMEDIATE takes the write lock at once; a lock taken later would fail without waiting for its turn.
        execute("BEGIN IMMEDIATE");
        boolean committed = false;
        try {
            T result = work.run(connection);
            execute("COMMIT");
            committed = true;
            return result;
        } finally {
            if (!committed) {
                rollBack();
            }
        }
    }

    private void rollBack() {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            // After a full disk or an I/O error SQLite has rolled back by itself, and the cause is thrown already.
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void migrate() {
        boolean migrated = false;
        try {
            inTransaction(c -> {
                Schema.migrate(c, file);
                return file;
            });
            migrated = true;
        } finally {
            if (!migrated) {
                close();
            }
        }
    }

    /** The first change to WAL mode does not wait for other processes by itself (SQLite's busy_timeout is not asked). */
    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) BUSY_LIMIT.toMillis());
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        long start = System.nanoTime();
        while (true) {
            try {
                return config.createConnection(DatabaseUrl.url(file));
            } catch (SQLException e) {
                boolean over = System.nanoTime() - start > BUSY_LIMIT.toNanos()
                        || Thread.currentThread().isInterrupted();
                if (over || !SqliteErrors.isBusy(e)) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
        }
    }
}
