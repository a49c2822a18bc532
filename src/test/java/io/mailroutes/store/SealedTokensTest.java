package io.mailroutes.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.store.TokenRows.Row;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedTokensTest {
    private static final byte[] PLAIN = "mine".getBytes(UTF_8);

    @TempDir
    private Path directory;

    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(directory.resolve("data"), "", Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static StoreKey key(char letter) {
        byte[] bytes = String.valueOf(letter).repeat(32).getBytes(UTF_8);
        return StoreKey.of(Base64.getEncoder().encodeToString(bytes), "the key");
    }

    private SealedTokens tokens(char key) {
        return new SealedTokens(store, StoreKeys.given(key(key), Optional.empty()));
    }

    private SealedTokens tokens(char key, char older) {
        return new SealedTokens(store, StoreKeys.given(key(key), Optional.of(key(older))));
    }

    private Row row(String account) {
        return store.inTransaction(c -> new TokenRows(c).find(account)).orElseThrow();
    }

    private void put(String account, Row row) {
        store.inTransaction(c -> {
            new TokenRows(c).put(account, row, Instant.EPOCH);
            return account;
        });
    }

    @Test
    void aRowMovedToAnotherAccountIsNotRead() {
        tokens('k').save("rich", PLAIN, Instant.EPOCH);
        put("poor", row("rich"));

        assertThatThrownBy(() -> tokens('k').load("poor"))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("were changed by something else")
                .hasMessageContaining("mailroutes logout poor");
    }

    @Test
    void aChangedByteAnywhereIsNoticed() {
        tokens('k').save("support", PLAIN, Instant.EPOCH);
        Row row = row("support");
        for (int at = 0; at < row.sealed().length; at++) {
            byte[] changed = row.sealed().clone();
            changed[at] ^= 1;
            put("support", new Row(row.keyId(), changed));

            assertThatThrownBy(() -> tokens('k').load("support")).isInstanceOf(PermanentStoreException.class);
        }
    }

    @Test
    void whatTheOlderKeySealedIsReadAndSealedWithTheNewOneWhenItIsSaved() {
        tokens('o').save("support", PLAIN, Instant.EPOCH);

        assertThat(tokens('n', 'o').load("support")).contains(PLAIN);
        assertThat(row("support").keyId()).isEqualTo(key('o').id());
        tokens('n', 'o').save("support", "more".getBytes(UTF_8), Instant.EPOCH);
        assertThat(row("support").keyId()).isEqualTo(key('n').id());
        assertThat(tokens('n').load("support")).contains("more".getBytes(UTF_8));
    }

    @Test
    void theOlderKeyNeverSeals() {
        tokens('n', 'o').save("support", PLAIN, Instant.EPOCH);

        assertThatThrownBy(() -> tokens('o').load("support"))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("sealed with another key (" + key('n').id() + ")")
                .hasMessageContaining("present one (" + key('o').id() + ")");
        assertThatThrownBy(() -> tokens('o').save("support", PLAIN, Instant.EPOCH))
                .isInstanceOf(PermanentStoreException.class);
    }

    @Test
    void whatNoKeyOpensCanStillBeDeleted() {
        tokens('x').save("support", PLAIN, Instant.EPOCH);

        tokens('k').delete("support");
        assertThat(tokens('k').load("support")).isEmpty();
    }
}
