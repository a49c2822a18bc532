package io.mailroutes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String OTHER = "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";

    @TempDir
    private Path directory;

    @Test
    void aFileThatIsMissingIsMadeForTheOwnerAlone() throws Exception {
        Path file = directory.resolve("sub/store.key");

        String id = id(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(id(file)).isEqualTo(id);
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
            ids.add(threads.submit(() -> id(file)));
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

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("chmod 600 " + file)
                .hasMessageNotContaining(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CANARY", "Q0FOQVJZ", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8A"})
    void whatIsNotAKeyIsRefusedAndNotQuoted(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("store.key"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining(file.toString());
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void aFileWithoutEndIsNotReadToItsEnd() throws Exception {
        Path file = Files.writeString(directory.resolve("store.key"), KEY + "\n".repeat(4000));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));

        assertThat(id(file)).isEqualTo(StoreKey.of(KEY, "the key").id());
    }

    @Test
    void aDirectoryIsRefused() {
        assertThatThrownBy(() -> open(directory)).isInstanceOf(StoreException.class);
    }

    @Test
    void aFileHoldsSeveralKeysAndTheFirstSeals() throws Exception {
        Path file = write(KEY + "\n" + OTHER + "\n");

        assertThat(open(file).ring().ids()).containsExactly(idOf(KEY), idOf(OTHER));
        assertThat(open(file).ring().sealing().id()).isEqualTo(idOf(KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {KEY + "\nCANARY\n", "CANARY\n" + KEY, KEY + "\n\n" + OTHER, KEY + KEY})
    void oneWrongLineMakesTheFileUnusable(String text) throws Exception {
        Path file = write(text);

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("CANARY")
                .hasMessageNotContaining("AAEC");
    }

    @Test
    void aFileThatHasVanishedIsNotMadeAgainByWhoReadsAgain() throws Exception {
        Path file = write(KEY);
        StoreKeys keys = open(file);
        Files.delete(file);

        assertThatThrownBy(keys::readAgain)
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("key file " + file + " is not there");
        assertThat(file).doesNotExist();
        assertThat(keys.ring().sealing().id()).isEqualTo(idOf(KEY));
    }

    @Test
    void whoReadsAgainIsNotGivenAFileThatOthersCanRead() throws Exception {
        Path file = write(KEY);
        StoreKeys keys = open(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(keys::readAgain).hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void theKeyGivenBesideTheFileOpensAndDoesNotSeal() throws Exception {
        StoreKeys keys = StoreKeys.inFile(write(KEY), Optional.of(StoreKey.of(OTHER, "the old key")));

        assertThat(keys.ring().ids()).containsExactly(idOf(KEY), idOf(OTHER));
        assertThat(keys.readAgain().ids()).containsExactly(idOf(KEY), idOf(OTHER));
    }

    @Test
    void aLinkInThePlaceOfTheFileIsRead() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), write(KEY));

        assertThat(id(link)).isEqualTo(idOf(KEY));
    }

    private Path write(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("store.key"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static StoreKeys open(Path file) {
        return StoreKeys.inFile(file, Optional.empty());
    }

    private static String id(Path file) {
        return open(file).ring().sealing().id();
    }

    private static String idOf(String key) {
        return StoreKey.of(key, "the key").id();
    }
}
