package io.mailroutes.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {
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

    private String idInFile(int line) throws IOException {
        return StoreKey.of(lines().get(line), "the line").id();
    }

    @Test
    void everyRowIsSealedWithANewKeyAndTheOldOneIsNowhere() throws Exception {
        StoreProcess process = processes.start().save("a", "1").save("b", "2");
        String old = lines().get(0);

        KeyRotation.Result result = processes.start().rotation.run();

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
        assertThat(processes.start().load("b")).isEqualTo("2");
        try (var files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).hasSizeGreaterThan(1).allSatisfy(file -> assertThat(
                            Files.readString(file, ISO_8859_1))
                    .doesNotContain(old));
        }
    }

    @Test
    void whatTheOldKeySealedIsInNoFileEither() throws Exception {
        StoreProcess process = processes.start().save("a", "1".repeat(1000));
        String before = new String(process.row("a").sealed(), ISO_8859_1).substring(100, 500);
        process.save("a", "2");
        process.store.close();
        assertThat(filesHolding(before)).containsExactly("mailroutes.db");

        StoreProcess rotating = processes.start();
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
        StoreProcess running = processes.start().save("a", "1").save("b", "2");
        processes.start().rotation.run();

        assertThat(running.load("a")).isEqualTo("1");
        running.save("a", "3");
        assertThat(running.row("a").keyId()).isEqualTo(idInFile(0));
        assertThat(processes.start().load("a")).isEqualTo("3");
    }

    @Test
    void aProcessThatSavesFirstReadsTheKeysFirst() throws Exception {
        StoreProcess running = processes.start().save("a", "1");
        processes.start().rotation.run();
        processes.start().rotation.run();

        running.save("new", "3").save("a", "2");

        assertThat(running.row("a").keyId()).isEqualTo(idInFile(0));
        assertThat(running.row("new").keyId()).isEqualTo(idInFile(0));
    }

    @Test
    void aSaveByTheOldKeyBetweenAnyTwoStepsIsNotLost() {
        StoreProcess running = processes.start().save("a", "0").save("b", "0");
        StoreProcess other = processes.start();
        StoreProcess rotating = processes.start();

        rotating.begin();
        running.save("a", "after begin").save("c", "new after begin");
        rotating.rotation.sealAgain();
        other.save("d", "new after sealing").save("b", "after sealing");
        assertThat(rotating.finish().kept()).isEmpty();
        running.save("b", "after all").save("e", "new after all");

        for (StoreProcess process : List.of(running, other, rotating, processes.start())) {
            assertThat(process.load("a")).isEqualTo("after begin");
            assertThat(process.load("b")).isEqualTo("after all");
            assertThat(process.load("c")).isEqualTo("new after begin");
            assertThat(process.load("d")).isEqualTo("new after sealing");
            assertThat(process.load("e")).isEqualTo("new after all");
        }
    }

    @Test
    void whatWasBegunIsFinishedWithTheKeyThatWasMadeForIt() throws Exception {
        processes.start().save("a", "1");
        processes.start().begin();
        String made = idInFile(0);
        assertThat(processes.start().load("a")).isEqualTo("1");

        KeyRotation.Result result = processes.start().rotation.run();

        assertThat(result.resumed()).isTrue();
        assertThat(result.key()).isEqualTo(made);
        assertThat(lines()).hasSize(1);
    }

    @Test
    void aKeyThatSealedAlreadyIsCountedApart() {
        processes.start().save("a", "1").save("b", "2");
        StoreProcess first = processes.start();
        first.begin();
        first.rotation.sealAgain();
        first.save("c", "3");

        KeyRotation.Result result = processes.start().rotation.run();

        assertThat(result.sealed()).isZero();
        assertThat(result.before()).isEqualTo(3);
    }

    @Test
    void twoRotationsAtOnceEndWithOneKeyThatOpensAll() throws Exception {
        processes.start().save("a", "1").save("b", "2");
        StoreProcess one = processes.start();
        StoreProcess two = processes.start();

        one.begin();
        two.begin();
        one.rotation.sealAgain();
        one.finish();
        StoreProcess three = processes.start();
        three.begin();
        two.rotation.sealAgain();
        assertThat(two.finish().kept()).isEmpty();
        three.rotation.sealAgain();
        three.finish();

        assertThat(lines()).hasSize(1);
        assertThat(processes.start().load("a")).isEqualTo("1");
        assertThat(one.load("b")).isEqualTo("2");
    }
}
