package io.mailroutes.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rotation beside another process, and one that is killed. */
class KeyRotationCrashTest {
    private static final int ROUNDS = 24;
    private static final int LONGEST_MICROS = 40_000;
    private static final List<String> ACCOUNTS =
            IntStream.range(0, 20).mapToObj(i -> "account" + i).toList();

    @TempDir
    private Path directory;

    @BeforeEach
    void login() {
        try (Store store = open()) {
            SealedTokens tokens = tokens(store);
            ACCOUNTS.forEach(account -> tokens.save(account, account.getBytes(UTF_8), Instant.EPOCH));
        }
    }

    private Store open() {
        return Store.open(directory.resolve("data"), "", Clock.systemUTC());
    }

    private StoreKeys keys() {
        return StoreKeys.inFile(directory.resolve("store.key"), Optional.empty());
    }

    private SealedTokens tokens(Store store) {
        return new SealedTokens(store, keys());
    }

    private void everyAccountOpens() {
        try (Store store = open()) {
            SealedTokens tokens = tokens(store);
            assertThat(ACCOUNTS)
                    .allSatisfy(account -> assertThat(tokens.load(account)).contains(account.getBytes(UTF_8)));
        }
    }

    private KeyRotation.Result rotate() {
        try (Store store = open()) {
            return new KeyRotation(store, keys()).run();
        }
    }

    private void oneKeyIsLeft() throws IOException {
        assertThat(Files.readAllLines(directory.resolve("store.key"))).hasSize(1);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("data", "store.key");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1, false", "1, 2, true", "2, 2, true", "3, 1, false"})
    void killedAfterAnyStepItLosesNothingAndIsFinishedByTheNext(int steps, int keysLeft, boolean resumed)
            throws Exception {
        try (KeyRotationChild child = KeyRotationChild.start(directory, Integer.toString(steps))) {
            child.await();
            child.killAfter(0);
        }

        assertThat(Files.readAllLines(directory.resolve("store.key"))).hasSize(keysLeft);
        everyAccountOpens();
        KeyRotation.Result result = rotate();
        assertThat(result.resumed()).isEqualTo(resumed);
        assertThat(result.sealed() + result.before()).isEqualTo(ACCOUNTS.size());
        assertThat(result.kept()).isEmpty();
        everyAccountOpens();
        oneKeyIsLeft();
    }

    @Test
    void killedAtAnyInstantItLosesNothingAndIsFinishedByTheNext() throws Exception {
        Random random = new Random(5);
        int cutShort = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (KeyRotationChild child = KeyRotationChild.start(directory, "rotate")) {
                child.await();
                child.killAfter(random.nextInt(LONGEST_MICROS));
            }
            everyAccountOpens();
            KeyRotation.Result result = rotate();
            cutShort += result.resumed() ? 1 : 0;
            assertThat(result.unreadable()).isEmpty();
            assertThat(result.kept()).isEmpty();
            everyAccountOpens();
            oneKeyIsLeft();
        }
        assertThat(cutShort).as("rounds that were killed in the middle").isPositive();
    }

    @Test
    void noSaveOfAnotherProcessIsLost() throws Exception {
        String last;
        try (KeyRotationChild child = KeyRotationChild.start(directory, "save");
                Store watching = open()) {
            SealedTokens tokens = tokens(watching);
            child.await();
            for (int rotation = 0; rotation < ROUNDS; rotation++) {
                Optional<byte[]> before = tokens.load("a");
                assertThat(rotate().kept()).isEmpty();
                Await.until(
                        "a save",
                        () -> !Arrays.equals(
                                before.orElseThrow(), tokens.load("a").orElseThrow()));
            }
            Files.createFile(directory.resolve("stop"));
            last = child.end();
            assertThat(tokens.load("a")).contains(last.getBytes(UTF_8));
            assertThat(tokens.load("b")).contains(last.getBytes(UTF_8));
        }

        Files.delete(directory.resolve("stop"));
        assertThat(Integer.parseInt(last)).isGreaterThanOrEqualTo(ROUNDS);
        everyAccountOpens();
        oneKeyIsLeft();
    }
}
