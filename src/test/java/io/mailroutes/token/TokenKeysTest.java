package io.mailroutes.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.account.QueueSettings;
import io.mailroutes.account.Secret;
import io.mailroutes.account.Settings;
import io.mailroutes.store.KeyRotation;
import io.mailroutes.store.PermanentStoreException;
import io.mailroutes.store.SealedTokens;
import io.mailroutes.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenKeysTest {
    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("data/store.key");
    }

    private Settings settings(String key, String older) {
        return new Settings(
                directory.resolve("data"),
                "",
                Optional.empty(),
                Optional.of(key).filter(text -> !text.isEmpty()).map(Secret::of),
                Optional.of(older).filter(text -> !text.isEmpty()).map(Secret::of),
                QueueSettings.DEFAULT,
                Map.of());
    }

    private static String key(char letter) {
        return Base64.getEncoder()
                .encodeToString(String.valueOf(letter).repeat(32).getBytes(UTF_8));
    }

    private static Store open(Settings settings) {
        return Store.open(settings.dataDirectory(), "", Clock.systemUTC());
    }

    private static void save(Settings settings, String text) {
        try (Store store = open(settings)) {
            new SealedTokens(store, TokenKeys.of(settings)).save("support", text.getBytes(UTF_8), Instant.EPOCH);
        }
    }

    private static String load(Settings settings) {
        try (Store store = open(settings)) {
            return new String(
                    new SealedTokens(store, TokenKeys.of(settings))
                            .load("support")
                            .orElseThrow(),
                    UTF_8);
        }
    }

    private static KeyRotation.Result rotate(Settings settings) {
        return TokenKeys.rotate(settings, Clock.systemUTC());
    }

    @Test
    void aKeyInTheEnvironmentIsReplacedByTheNextOneThere() {
        save(settings(key('o'), ""), "1");
        assertThat(load(settings(key('n'), key('o')))).isEqualTo("1");

        assertThat(rotate(settings(key('n'), key('o'))).sealed()).isEqualTo(1);
        KeyRotation.Result again = rotate(settings(key('n'), key('o')));

        assertThat(again.sealed()).isZero();
        assertThat(again.before()).isEqualTo(1);
        assertThat(again.file()).isEmpty();
        assertThat(load(settings(key('n'), ""))).isEqualTo("1");
        assertThatThrownBy(() -> load(settings(key('o'), ""))).hasMessageContaining("sealed with another key");
        assertThat(file()).doesNotExist();
    }

    @Test
    void withoutTheKeyBeforeItSaysHow() {
        save(settings(key('o'), ""), "1");

        for (Settings settings : new Settings[] {settings(key('o'), ""), settings(key('o'), key('o'))}) {
            assertThatThrownBy(() -> rotate(settings))
                    .isInstanceOf(PermanentStoreException.class)
                    .hasMessageContaining("openssl rand -base64 32")
                    .hasMessageContaining("MAILROUTES_STORE_KEY_OLD to the present one")
                    .hasMessageContaining("Nothing is changed");
        }
    }

    @Test
    void theKeyMovesFromAFileIntoTheEnvironment() throws Exception {
        save(settings("", ""), "1");
        String inFile = Files.readString(file()).strip();

        assertThat(rotate(settings(key('n'), inFile)).sealed()).isEqualTo(1);

        Files.delete(file());
        assertThat(load(settings(key('n'), ""))).isEqualTo("1");
    }

    @Test
    void theKeyMovesFromTheEnvironmentIntoAFile() {
        save(settings(key('o'), ""), "1");

        KeyRotation.Result result = rotate(settings("", key('o')));

        assertThat(result.sealed()).isEqualTo(1);
        assertThat(result.file()).contains(file().toString());
        assertThat(load(settings("", ""))).isEqualTo("1");
    }

    @Test
    void withoutAKeyFileNothingIsMade() {
        assertThatThrownBy(() -> rotate(settings("", "")))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("there is no key file " + file());
        assertThat(directory.resolve("data")).doesNotExist();
    }
}
