package io.mailroutes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mailroutes.store.TokenRows.Row;
import io.mailroutes.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationRefusalTest {
    @TempDir
    private Path directory;

    private StoreProcess.Several processes;

    @BeforeEach
    void open() {
        processes = new StoreProcess.Several(directory);
    }

    @AfterEach
    void close() {
        processes.close();
    }

    private Path file() {
        return processes.file();
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file());
    }

    @Test
    void aRowOfAnUnknownKeyIsNamedAndLeftAndTheOthersAreSealed() throws Exception {
        StoreProcess process = processes.start().save("good", "1");
        Row foreign = new Row("0123456789ab", new byte[40]);
        process.put("lost", foreign);

        KeyRotation.Result result = processes.start().rotation.run();

        assertThat(result.unreadable()).containsExactly("lost");
        assertThat(result.sealed()).isEqualTo(1);
        assertThat(result.kept()).isEmpty();
        assertThat(lines()).hasSize(1);
        assertThat(process.row("lost").sealed()).isEqualTo(foreign.sealed());
        assertThat(process.load("good")).isEqualTo("1");
    }

    @Test
    void theOldKeyStaysWhileARowNeedsItAndNoFurtherOneIsMade() throws Exception {
        StoreProcess process = processes.start().save("good", "1").save("hurt", "2");
        Row whole = process.row("hurt");
        byte[] changed = whole.sealed().clone();
        changed[20] ^= 1;
        process.put("hurt", new Row(whole.keyId(), changed));

        KeyRotation.Result first = processes.start().rotation.run();
        KeyRotation.Result second = processes.start().rotation.run();

        assertThat(first.unreadable()).containsExactly("hurt");
        assertThat(first.kept()).containsExactly(whole.keyId());
        assertThat(second.resumed()).isTrue();
        assertThat(second.key()).isEqualTo(first.key());
        assertThat(lines()).hasSize(2);
        process.put("hurt", whole);
        assertThat(processes.start().load("hurt")).isEqualTo("2");
        assertThat(processes.start().rotation.run().dropped()).containsExactly(whole.keyId());
        assertThat(lines()).hasSize(1);
    }

    @Test
    void aKeyFileWhoseKeyOpensNothingIsLeftAlone() throws Exception {
        processes.start().save("a", "1");
        Path wrong = directory.resolve("wrong.key");
        StoreProcess process = processes.start(wrong);
        String before = Files.readString(wrong);

        assertThatThrownBy(process.rotation::run)
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("none of the stored tokens")
                .hasMessageContaining("Nothing is changed");
        assertThat(Files.readString(wrong)).isEqualTo(before);
    }

    @Test
    void aStoreWithoutTokensIsProbablyTheWrongOne() throws Exception {
        StoreProcess process = processes.start();
        String before = Files.readString(file());

        assertThatThrownBy(process.rotation::run)
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("no tokens are stored in " + process.store.file());
        assertThat(Files.readString(file())).isEqualTo(before);
    }

    @Test
    void aLinkIsNotReplaced() throws Exception {
        processes.start().save("a", "1");
        Path link = Files.createSymbolicLink(directory.resolve("link.key"), file());
        String before = Files.readString(file());

        assertThatThrownBy(processes.start(link).rotation::run)
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("is a link to " + file())
                .hasMessageContaining("Nothing is changed");
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(file())).isEqualTo(before);
    }

    @Test
    void aFileWithTwoNamesIsNotReplaced() throws Exception {
        processes.start().save("a", "1");
        Files.createLink(directory.resolve("copy.key"), file());
        String before = Files.readString(file());

        assertThatThrownBy(processes.start().rotation::run)
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("has 2 names");
        assertThat(Files.readString(file())).isEqualTo(before);
    }

    @Test
    void whatACrashLeftBesideTheFileIsRemoved() throws Exception {
        processes.start().save("a", "1");
        Path aside = Files.createLink(directory.resolve(".store.key.0123abcd.tmp"), file());
        Path foreign = Files.writeString(directory.resolve(".other.key.0123abcd.tmp"), "not ours");

        processes.start().rotation.run();

        assertThat(aside).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void aFileThatCannotBeReplacedStaysUntilItHoldsBothKeys() throws Exception {
        Path secrets = Files.createDirectory(directory.resolve("secrets"));
        try (SmallDisk disk = SmallDisk.mount(secrets)) {
            assumeTrue(disk.isMounted(), disk.reason());
            Path secret = secrets.resolve("key");
            StoreProcess process = processes.start(secret).save("a", "1");
            String before = Files.readString(secret);
            disk.allowWriting(false);

            assertThatThrownBy(process.rotation::run)
                    .isInstanceOf(PermanentStoreException.class)
                    .hasMessageContaining("cannot be replaced")
                    .hasMessageContaining("sealed as before")
                    .hasMessageContaining("put two lines into it");
            assertThat(process.load("a")).isEqualTo("1");

            disk.allowWriting(true);
            String after = StoreKey.random().base64();
            Files.writeString(secret, after + "\n" + before);
            disk.allowWriting(false);
            assertThatThrownBy(process.rotation::run)
                    .isInstanceOf(PermanentStoreException.class)
                    .hasMessageContaining("are sealed with the new key")
                    .hasMessageContaining("Remove every line but the first");
            assertThat(process.row("a").keyId())
                    .isEqualTo(StoreKey.of(after, "the key").id());
            assertThat(process.load("a")).isEqualTo("1");
        }
    }
}
