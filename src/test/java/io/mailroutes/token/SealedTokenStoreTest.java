package io.mailroutes.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.store.PermanentStoreException;
import io.mailroutes.store.SealedTokens;
import io.mailroutes.store.Store;
import io.mailroutes.store.StoreKey;
import io.mailroutes.store.StoreKeys;
import io.mailroutes.testing.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedTokenStoreTest {
    private static final TokenHistory HISTORY = new TokenHistory(
            Optional.of(Instant.parse("2026-11-01T00:00:00Z")),
            Optional.of(Instant.parse("2026-11-20T00:00:00Z")),
            Optional.empty(),
            Optional.of(Instant.parse("2026-11-23T00:00:00Z")));

    @TempDir
    private Path directory;

    private final SettableClock clock = new SettableClock();
    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(directory.resolve("data"), "", clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private SealedTokens sealed(char key) {
        String text = Base64.getEncoder()
                .encodeToString(String.valueOf(key).repeat(32).getBytes(UTF_8));
        return new SealedTokens(store, StoreKeys.given(StoreKey.of(text, "the key"), Optional.empty()));
    }

    private SealedTokenStore tokens(char key) {
        return new SealedTokenStore(sealed(key), clock);
    }

    private StoredTokens some(String canary) {
        AccessToken access = new AccessToken(
                Secret.of("access-" + canary),
                clock.instant(),
                clock.instant().plus(Duration.ofHours(1)),
                Optional.of("mail smtp"));
        return new StoredTokens(
                Optional.of(access), Optional.of(Secret.of("refresh-" + canary)), "seed", "request", HISTORY);
    }

    @Test
    void whatIsSavedIsLoadedAgain() {
        StoredTokens bare = new StoredTokens(Optional.empty(), Optional.empty(), "", "request", TokenHistory.NONE);
        tokens('k').save("full", some("ü"));
        tokens('k').save("bare", bare);

        assertThat(tokens('k').load("full")).contains(some("ü"));
        assertThat(tokens('k').load("bare")).contains(bare);
        assertThat(tokens('k').load("other")).isEmpty();
    }

    @Test
    void theLastOneSavedIsTheOneLoaded() {
        tokens('k').save("support", some("first"));
        tokens('k').save("support", some("second"));

        assertThat(tokens('k').load("support")).contains(some("second"));
    }

    @Test
    void anotherKeyNeitherReadsNorOverwrites() {
        tokens('k').save("support", some("mine"));

        assertThatThrownBy(() -> tokens('x').load("support"))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("account support were sealed with another key (");
        assertThatThrownBy(() -> tokens('x').save("support", some("other")))
                .isInstanceOf(PermanentStoreException.class);
        assertThat(tokens('k').load("support")).contains(some("mine"));
    }

    @Test
    void aFormatOfALaterVersionIsNotGuessedAt() {
        sealed('k').save("support", new byte[] {9}, clock.instant());

        assertThatThrownBy(() -> tokens('k').load("support"))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("format 9");
    }

    @Test
    void aRowCutShortIsNotRead() {
        byte[] whole = StoredTokensFormat.write(some("mine"));
        for (int length = 1; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            sealed('k').save("support", part, clock.instant());

            assertThatThrownBy(() -> tokens('k').load("support")).isInstanceOf(PermanentStoreException.class);
        }
    }

    @Test
    void noTokenIsReadableInAnyFile() throws Exception {
        tokens('k').save("support", some("CANARY"));

        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).isNotEmpty().allSatisfy(file -> assertThat(
                            Files.readString(file, ISO_8859_1))
                    .doesNotContain("CANARY"));
        }
    }
}
