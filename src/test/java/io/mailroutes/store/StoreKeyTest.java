package io.mailroutes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreKeyTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @TempDir
    private Path directory;

    @Test
    void aFileThatIsMissingIsMadeForTheOwnerAlone() throws Exception {
        Path file = directory.resolve("sub/store.key");

        String id = StoreKey.inFile(file).id();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(StoreKey.inFile(file).id()).isEqualTo(id);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void manyWhoStartAtOnceGetOneKey() throws Exception {
        Path file = directory.resolve("store.key");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Set<Future<String>> ids = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            ids.add(threads.submit(() -> StoreKey.inFile(file).id()));
        }
        Set<String> distinct = new HashSet<>();
        for (Future<String> id : ids) {
            distinct.add(id.get());
        }
        threads.shutdown();
        assertThat(distinct).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw-rw-", "rw--w----", "rw------x"})
    void aFileThatOthersCanTouchIsRefused(String mode) throws Exception {
        Path file = Files.writeString(directory.resolve("store.key"), KEY);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> StoreKey.inFile(file))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("chmod 600 " + file)
                .hasMessageNotContaining(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CANARY", "Q0FOQVJZ", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8A"})
    void whatIsNotAKeyIsRefusedAndNotQuoted(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("store.key"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> StoreKey.of(text))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("MAILROUTES_STORE_KEY must hold 32 random bytes")
                .hasMessageNotContaining("CANARY")
                .hasNoCause();
        assertThatThrownBy(() -> StoreKey.inFile(file))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining(file.toString());
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void aFileWithoutEndIsNotReadToItsEnd() throws Exception {
        Path file = Files.writeString(directory.resolve("store.key"), KEY + "\n".repeat(4000));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));

        assertThat(StoreKey.inFile(file).id()).isEqualTo(StoreKey.of(KEY).id());
    }

    @Test
    void aDirectoryIsRefused() {
        assertThatThrownBy(() -> StoreKey.inFile(directory)).isInstanceOf(StoreException.class);
    }

    @Test
    void theNameOfAKeyIsNoneOfItsBytes() {
        assertThat(StoreKey.of(KEY).toString()).doesNotContain("000102").doesNotContain("AAEC");
    }
}
