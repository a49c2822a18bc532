package io.mailroutes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path temporary;

    private Path data() {
        return temporary.resolve("data");
    }

    @Test
    void everyCommitWaitsForTheDisk() {
        try (Store store = Store.open(data(), "", CLOCK)) {
            assertThat(text(store, "PRAGMA journal_mode")).isEqualTo("wal");
            assertThat(text(store, "PRAGMA synchronous")).isEqualTo("2");
            assertThat(text(store, "PRAGMA foreign_keys")).isEqualTo("1");
            assertThat(text(store, "PRAGMA busy_timeout")).isEqualTo("10000");
        }
    }

    @Test
    void whatIsWrittenIsThereAfterReopening() {
        try (Store store = Store.open(data(), "", CLOCK)) {
            execute(store, "INSERT INTO lease VALUES ('a', 'me', 5)");
        }
        try (Store store = Store.open(data(), "", CLOCK)) {
            assertThat(text(store, "SELECT owner FROM lease")).isEqualTo("me");
            assertThat(store.file()).isEqualTo(data().resolve("mailroutes.db"));
        }
    }

    @Test
    void nothingIsKeptOfAWorkThatThrows() {
        try (Store store = Store.open(data(), "", CLOCK)) {
            assertThatThrownBy(() -> store.inTransaction(c -> {
                        c.createStatement().execute("INSERT INTO lease VALUES ('a', 'me', 5)");
                        throw new ArithmeticException("in the middle");
                    }))
                    .isInstanceOf(ArithmeticException.class);
            assertThat(text(store, "SELECT count(*) FROM lease")).isEqualTo("0");
            execute(store, "INSERT INTO lease VALUES ('a', 'me', 6)");
            assertThat(text(store, "SELECT until FROM lease")).isEqualTo("6");
        }
    }

    @Test
    void aTransactionInATransactionIsRefused() {
        try (Store store = Store.open(data(), "", CLOCK)) {
            assertThatThrownBy(() -> store.inTransaction(c -> text(store, "SELECT 1")))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aClosedStoreSaysSo() {
        Store store = Store.open(data(), "", CLOCK);
        store.close();
        store.close();
        assertThatThrownBy(() -> text(store, "SELECT 1"))
                .isInstanceOf(TransientStoreException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    void aNewerSchemaIsRefusedAndLeftAlone() throws Exception {
        Store.open(data(), "", CLOCK).close();
        try (Connection c = raw();
                Statement statement = c.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        assertThatThrownBy(() -> Store.open(data(), "", CLOCK))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("newer Mailroutes (schema 99; this one knows up to " + Schema.VERSION + ")");
        try (Connection c = raw();
                Statement statement = c.createStatement();
                ResultSet version = statement.executeQuery("PRAGMA user_version")) {
            assertThat(version.getInt(1)).isEqualTo(99);
        }
    }

    @Test
    void theDatabaseOfAnotherProgramIsRefused() throws Exception {
        Store.open(data(), "", CLOCK).close();
        Files.delete(data().resolve("mailroutes.db"));
        try (Connection c = raw();
                Statement statement = c.createStatement()) {
            statement.execute("CREATE TABLE invoices (id INTEGER)");
        }
        chmod(data().resolve("mailroutes.db"), "rw-------");
        assertThatThrownBy(() -> Store.open(data(), "", CLOCK))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("database of another program");
    }

    @Test
    void aFileThatIsNoDatabaseIsCalledDamaged() throws Exception {
        Store.open(data(), "", CLOCK).close();
        Files.writeString(data().resolve("mailroutes.db"), "not a database at all\n".repeat(400));
        assertThatThrownBy(() -> Store.open(data(), "", CLOCK))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("mailroutes.db")
                .hasMessageContaining("backup");
    }

    @Test
    void aDamagedPageIsCalledDamaged() throws Exception {
        Store.open(data(), "", CLOCK).close();
        Path file = data().resolve("mailroutes.db");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 4096; i < bytes.length; i++) {
            bytes[i] = (byte) 0xA5;
        }
        Files.write(file, bytes);
        try (Store store = Store.open(data(), "", CLOCK)) {
            assertThatThrownBy(() -> new MailboxRows(store).load("support", "INBOX"))
                    .isInstanceOf(PermanentStoreException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void aFullDiskIsTransientAndTheStoreWorksOn() {
        try (Store store = Store.open(data(), "", CLOCK)) {
            execute(store, "PRAGMA max_page_count = 1");
            assertThatThrownBy(() -> execute(store, "INSERT INTO lease VALUES ('a', hex(zeroblob(100000)), 5)"))
                    .isInstanceOf(TransientStoreException.class)
                    .hasMessageContaining("the disk is full")
                    .hasMessageContaining("mail stays on the server");
            execute(store, "PRAGMA max_page_count = 100000");
            execute(store, "INSERT INTO lease VALUES ('a', hex(zeroblob(100000)), 5)");
            assertThat(text(store, "SELECT count(*) FROM lease")).isEqualTo("1");
        }
    }

    @Test
    void anotherProcessThatHoldsTheFileIsTransient() throws Exception {
        try (Store store = Store.open(data(), "", CLOCK);
                Connection other = raw();
                Statement statement = other.createStatement()) {
            execute(store, "PRAGMA busy_timeout = 20");
            statement.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> execute(store, "INSERT INTO lease VALUES ('a', 'me', 5)"))
                    .isInstanceOf(TransientStoreException.class)
                    .hasMessageContaining("held by another process");
            statement.execute("ROLLBACK");
            execute(store, "INSERT INTO lease VALUES ('a', 'me', 5)");
        }
    }

    /** The change to WAL mode fails for some of them, about once in a hundred rounds, unless it is tried again. */
    @Test
    void manyProcessesMayStartAtOnce() throws Exception {
        int processes = 8;
        ExecutorService threads = Executors.newFixedThreadPool(processes);
        try {
            for (int round = 0; round < 15; round++) {
                startAtOnce(threads, processes, temporary.resolve("data" + round));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void startAtOnce(ExecutorService threads, int processes, Path data) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        Callable<String> process = () -> {
            start.await();
            try (Store store = Store.open(data, "", CLOCK)) {
                return text(store, "PRAGMA user_version");
            }
        };
        List<Future<String>> versions = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            versions.add(threads.submit(process));
        }
        start.countDown();
        for (Future<String> version : versions) {
            assertThat(version.get()).isEqualTo(Integer.toString(Schema.VERSION));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/mail?password=canary-4711",
                "jdbc:mysql://db/mail?password=canary-4711",
                "jdbc:sqlite:",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:file:canary-4711?mode=memory",
                "jdbc:sqlite:/tmp/canary.db?cache=shared",
                "canary-4711"
            })
    void aUrlThatIsNoPlainSqliteFileIsRefusedWithoutQuotingIt(String url) {
        assertThatThrownBy(() -> Store.open(data(), url, CLOCK))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("mailroutes.store.url")
                .hasMessageNotContaining("canary-4711");
        assertThat(data()).doesNotExist();
    }

    @Test
    void theFileMayStandElsewhereUnderTheSameRules() throws Exception {
        Path elsewhere = temporary.resolve("elsewhere");
        Store.open(data(), "jdbc:sqlite:" + elsewhere.resolve("state.db"), CLOCK)
                .close();
        assertThat(elsewhere.resolve("state.db")).exists();
        assertThat(data()).isEmptyDirectory();
        chmod(elsewhere, "rwxr-xr-x");
        assertThatThrownBy(() -> Store.open(data(), "jdbc:sqlite:" + elsewhere.resolve("state.db"), CLOCK))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("chmod 700 " + elsewhere);
    }

    private Connection raw() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + data().resolve("mailroutes.db"));
    }

    private static void chmod(Path path, String mode) throws Exception {
        Files.setPosixFilePermissions(path, java.nio.file.attribute.PosixFilePermissions.fromString(mode));
    }

    private static void execute(Store store, String sql) {
        store.inTransaction(c -> {
            try (Statement statement = c.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private static String text(Store store, String sql) {
        return store.inTransaction(c -> {
            try (Statement statement = c.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                result.next();
                return result.getString(1);
            }
        });
    }
}
