package io.mailroutes.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mailroutes.store.TokenRows.Row;
import io.mailroutes.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link Process} is one process, with a store, a connection and a memory of its own. */
class KeyRotationTest {
    @TempDir
    private Path directory;

    private final List<Store> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Store::close);
    }

    private Path file() {
        return directory.resolve("store.key");
    }

    private final class Process {
        final Store store = Store.open(directory.resolve("data"), "", Clock.systemUTC());
        final StoreKeys keys;
        final SealedTokens tokens;
        final KeyRotation rotation;

        Process(StoreKeys keys) {
            open.add(store);
            this.keys = keys;
            this.tokens = new SealedTokens(store, keys);
            this.rotation = new KeyRotation(store, keys);
        }

        Process() {
            this(StoreKeys.inFile(file(), Optional.empty()));
        }

        Process save(String account, String text) {
            tokens.save(account, text.getBytes(UTF_8), Instant.EPOCH);
            return this;
        }

        String load(String account) {
            return new String(tokens.load(account).orElseThrow(), UTF_8);
        }

        Row row(String account) {
            return store.inTransaction(c -> new TokenRows(c).find(account)).orElseThrow();
        }

        void begin() {
            rotation.begin(keys.file().orElseThrow());
        }

        KeyRotation.Keys finish() {
            return rotation.finish(keys.file().orElseThrow());
        }
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file());
    }

    private String idInFile(int line) throws IOException {
        return StoreKey.of(lines().get(line), "the line").id();
    }

    @Test
    void everyRowIsSealedWithANewKeyAndTheOldOneIsNowhere() throws Exception {
        Process process = new Process().save("a", "1").save("b", "2");
        String old = lines().get(0);

        KeyRotation.Result result = new Process().rotation.run();

        assertThat(result.sealed()).isEqualTo(2);
        assertThat(result.unreadable()).isEmpty();
        assertThat(result.resumed()).isFalse();
        assertThat(result.key()).isEqualTo(idInFile(0));
        assertThat(result.dropped())
                .containsExactly(StoreKey.of(old, "the old key").id());
        assertThat(lines()).hasSize(1).doesNotContain(old);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(process.row("a").keyId()).isEqualTo(result.key());
        assertThat(new Process().load("b")).isEqualTo("2");
        try (var files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).hasSizeGreaterThan(1).allSatisfy(file -> assertThat(
                            Files.readString(file, ISO_8859_1))
                    .doesNotContain(old));
        }
    }

    @Test
    void whatTheOldKeySealedIsInNoFileEither() throws Exception {
        Process process = new Process().save("a", "1".repeat(1000));
        String before = new String(process.row("a").sealed(), ISO_8859_1).substring(100, 500);
        process.save("a", "2");
        process.store.close();
        assertThat(filesHolding(before)).containsExactly("mailroutes.db");

        Process rotating = new Process();
        rotating.rotation.run();

        assertThat(filesHolding(before)).isEmpty();
    }

    private List<String> filesHolding(String text) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve("data"))) {
            for (Path file : files) {
                if (Files.readString(file, ISO_8859_1).contains(text)) {
                    names.add(file.getFileName().toString());
                }
            }
        }
        return names;
    }

    @Test
    void aProcessWithTheOldKeyInMemoryReadsAndSavesOn() throws Exception {
        Process running = new Process().save("a", "1").save("b", "2");
        new Process().rotation.run();

        assertThat(running.load("a")).isEqualTo("1");
        running.save("a", "3");
        assertThat(running.row("a").keyId()).isEqualTo(idInFile(0));
        assertThat(new Process().load("a")).isEqualTo("3");
    }

    @Test
    void aProcessThatSavesFirstReadsTheKeysFirst() throws Exception {
        Process running = new Process().save("a", "1");
        new Process().rotation.run();
        new Process().rotation.run();

        running.save("new", "3").save("a", "2");

        assertThat(running.row("a").keyId()).isEqualTo(idInFile(0));
        assertThat(running.row("new").keyId()).isEqualTo(idInFile(0));
    }

    @Test
    void aSaveByTheOldKeyBetweenAnyTwoStepsIsNotLost() {
        Process running = new Process().save("a", "0").save("b", "0");
        Process other = new Process();
        Process rotating = new Process();

        rotating.begin();
        running.save("a", "after begin").save("c", "new after begin");
        rotating.rotation.sealAgain();
        other.save("d", "new after sealing").save("b", "after sealing");
        assertThat(rotating.finish().kept()).isEmpty();
        running.save("b", "after all").save("e", "new after all");

        for (Process process : List.of(running, other, rotating, new Process())) {
            assertThat(process.load("a")).isEqualTo("after begin");
            assertThat(process.load("b")).isEqualTo("after all");
            assertThat(process.load("c")).isEqualTo("new after begin");
            assertThat(process.load("d")).isEqualTo("new after sealing");
            assertThat(process.load("e")).isEqualTo("new after all");
        }
    }

    @Test
    void whatWasBegunIsFinishedWithTheKeyThatWasMadeForIt() throws Exception {
        new Process().save("a", "1");
        new Process().begin();
        String made = idInFile(0);
        assertThat(new Process().load("a")).isEqualTo("1");

        KeyRotation.Result result = new Process().rotation.run();

        assertThat(result.resumed()).isTrue();
        assertThat(result.key()).isEqualTo(made);
        assertThat(lines()).hasSize(1);
    }

    @Test
    void aKeyThatSealedAlreadyIsCountedApart() {
        new Process().save("a", "1").save("b", "2");
        Process first = new Process();
        first.begin();
        first.rotation.sealAgain();
        first.save("c", "3");

        KeyRotation.Result result = new Process().rotation.run();

        assertThat(result.sealed()).isZero();
        assertThat(result.before()).isEqualTo(3);
    }

    @Test
    void twoRotationsAtOnceEndWithOneKeyThatOpensAll() throws Exception {
        new Process().save("a", "1").save("b", "2");
        Process one = new Process();
        Process two = new Process();

        one.begin();
        two.begin();
        one.rotation.sealAgain();
        one.finish();
        Process three = new Process();
        three.begin();
        two.rotation.sealAgain();
        assertThat(two.finish().kept()).isEmpty();
        three.rotation.sealAgain();
        three.finish();

        assertThat(lines()).hasSize(1);
        assertThat(new Process().load("a")).isEqualTo("1");
        assertThat(one.load("b")).isEqualTo("2");
    }

    @Test
    void aRowOfAnUnknownKeyIsNamedAndLeftAndTheOthersAreSealed() throws Exception {
        Process process = new Process().save("good", "1");
        Row foreign = new Row("0123456789ab", new byte[40]);
        put(process, "lost", foreign);

        KeyRotation.Result result = new Process().rotation.run();

        assertThat(result.unreadable()).containsExactly("lost");
        assertThat(result.sealed()).isEqualTo(1);
        assertThat(result.kept()).isEmpty();
        assertThat(lines()).hasSize(1);
        assertThat(process.row("lost").sealed()).isEqualTo(foreign.sealed());
        assertThat(process.load("good")).isEqualTo("1");
    }

    @Test
    void theOldKeyStaysWhileARowNeedsItAndNoFurtherOneIsMade() throws Exception {
        Process process = new Process().save("good", "1").save("hurt", "2");
        Row whole = process.row("hurt");
        byte[] changed = whole.sealed().clone();
        changed[20] ^= 1;
        put(process, "hurt", new Row(whole.keyId(), changed));

        KeyRotation.Result first = new Process().rotation.run();
        KeyRotation.Result second = new Process().rotation.run();

        assertThat(first.unreadable()).containsExactly("hurt");
        assertThat(first.kept()).containsExactly(whole.keyId());
        assertThat(second.resumed()).isTrue();
        assertThat(second.key()).isEqualTo(first.key());
        assertThat(lines()).hasSize(2);
        put(process, "hurt", whole);
        assertThat(new Process().load("hurt")).isEqualTo("2");
        assertThat(new Process().rotation.run().dropped()).containsExactly(whole.keyId());
        assertThat(lines()).hasSize(1);
    }

    @Test
    void aKeyFileWhoseKeyOpensNothingIsLeftAlone() throws Exception {
        new Process().save("a", "1");
        Path wrong = directory.resolve("wrong.key");
        Process process = new Process(StoreKeys.inFile(wrong, Optional.empty()));
        String before = Files.readString(wrong);

        assertThatThrownBy(process.rotation::run)
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("none of the stored tokens")
                .hasMessageContaining("Nothing is changed");
        assertThat(Files.readString(wrong)).isEqualTo(before);
    }

    @Test
    void aStoreWithoutTokensIsProbablyTheWrongOne() throws Exception {
        Process process = new Process();
        String before = Files.readString(file());

        assertThatThrownBy(process.rotation::run)
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("no tokens are stored in " + process.store.file());
        assertThat(Files.readString(file())).isEqualTo(before);
    }

    @Test
    void aLinkIsNotReplaced() throws Exception {
        new Process().save("a", "1");
        Path link = Files.createSymbolicLink(directory.resolve("link.key"), file());
        String before = Files.readString(file());

        assertThatThrownBy(new Process(StoreKeys.inFile(link, Optional.empty())).rotation::run)
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("is a link to " + file())
                .hasMessageContaining("Nothing is changed");
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(file())).isEqualTo(before);
    }

    @Test
    void aFileWithTwoNamesIsNotReplaced() throws Exception {
        new Process().save("a", "1");
        Files.createLink(directory.resolve("copy.key"), file());
        String before = Files.readString(file());

        assertThatThrownBy(new Process().rotation::run)
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("has 2 names");
        assertThat(Files.readString(file())).isEqualTo(before);
    }

    @Test
    void whatACrashLeftBesideTheFileIsRemoved() throws Exception {
        new Process().save("a", "1");
        Path aside = Files.createLink(directory.resolve(".store.key.0123abcd.tmp"), file());
        Path foreign = Files.writeString(directory.resolve(".other.key.0123abcd.tmp"), "not ours");

        new Process().rotation.run();

        assertThat(aside).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void aFileThatCannotBeReplacedStaysUntilItHoldsBothKeys() throws Exception {
        Path secrets = Files.createDirectory(directory.resolve("secrets"));
        try (SmallDisk disk = SmallDisk.mount(secrets)) {
            assumeTrue(disk.isMounted(), disk.reason());
            Path secret = secrets.resolve("key");
            Process process = new Process(StoreKeys.inFile(secret, Optional.empty())).save("a", "1");
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

    private static void put(Process process, String account, Row row) {
        process.store.inTransaction(c -> {
            new TokenRows(c).put(account, row, Instant.EPOCH);
            return account;
        });
    }
}
