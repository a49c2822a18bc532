package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @ParameterizedTest
    @ValueSource(strings = {"mailroutes.console.port", "mailroutes.console.host"})
    void theConsoleIsNotInThisVersion(String key) {
        assertThat(Given.nothing().with(key, "x").problems())
                .containsExactly(key + ": not in this version: delete the line, there is no console yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailroutes.alerts.webhook", "mailroutes.alerts.command"})
    void alertsAreNotInThisVersion(String key) {
        assertThat(Given.nothing().with(key, "canary").problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith(key + ": not in this version: delete the line")
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource({
        "mailroutes.data_directory, mailroutes.data-directory",
        "mailroutes.dataDirectory, mailroutes.data-directory",
        "mailroutes.store.keyFile, mailroutes.store.key-file",
        "mailroutes.account.support.user, mailroutes.accounts.support.user",
        "mailroutes.secret.webhook, mailroutes.secrets.webhook",
    })
    void aMisspeltKeyIsRefusedWithTheRightOne(String written, String meant) {
        assertThat(Given.nothing().with(written, "x").problems())
                .containsExactly(written + ": unknown key; did you mean '" + meant + "'?");
    }

    @Test
    void aKeyThatResemblesNothingIsRefused() {
        assertThat(Given.nothing().with("mailroutes.colour", "x").problems())
                .containsExactly("mailroutes.colour: unknown key");
        assertThat(Given.nothing().with("mailroutes.store.colour", "x").problems())
                .containsExactly("mailroutes.store.colour: unknown key");
    }

    @Test
    void anotherDatabaseIsNotInThisVersionAndItsUrlIsNotShown() {
        assertThat(Given.nothing()
                        .with("mailroutes.store.url", "jdbc:postgresql://db/x?password=canary")
                        .problems())
                .containsExactly("mailroutes.store.url: not in this version: only SQLite, jdbc:sqlite:PATH; delete the"
                        + " line for a file in the data directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:sqlite:", "jdbc:sqlite::memory:", "jdbc:sqlite:file:x?mode=memory"})
    void aStoreThatForgetsIsRefused(String url) {
        assertThat(Given.nothing().with("mailroutes.store.url", url).problems())
                .containsExactly("mailroutes.store.url: names no file, and what has been delivered must survive a"
                        + " restart: jdbc:sqlite:PATH");
    }

    @Test
    void theDataDirectoryIsRelativeToTheBaseDirectoryAndNoFile(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("file"), "");

        assertThat(Given.nothing()
                        .in(directory)
                        .with("mailroutes.data-directory", "state")
                        .read()
                        .settings()
                        .dataDirectory())
                .isEqualTo(directory.resolve("state"));
        assertThat(Given.nothing()
                        .in(directory)
                        .with("mailroutes.data-directory", "file")
                        .problems())
                .containsExactly(
                        "mailroutes.data-directory: '" + directory.resolve("file") + "' is a file: give a directory");
    }

    @Test
    void theCommandLineMovesTheDataDirectory() {
        Settings moved = Given.nothing().read().settings().withDataDirectory(Path.of("elsewhere"));

        assertThat(moved.dataDirectory()).isEqualTo(Path.of("elsewhere"));
    }

    @Test
    void theKeyFileIsRelativeToTheBaseDirectoryAndNeedNotBeThereYet(@TempDir Path directory) {
        Settings settings = Given.nothing()
                .in(directory)
                .with("mailroutes.store.key-file", "store.key")
                .read()
                .settings();

        assertThat(settings.storeKeyFile()).contains(directory.resolve("store.key"));
        assertThat(settings.storeKey()).isEmpty();
    }

    @Test
    void aDirectoryIsNoKeyFile(@TempDir Path directory) {
        assertThat(Given.nothing()
                        .in(directory)
                        .with("mailroutes.store.key-file", ".")
                        .problems())
                .containsExactly(
                        "mailroutes.store.key-file: '" + directory.resolve(".") + "' is a directory: name a file");
    }

    @Test
    void theKeyOfTheStoreComesFromTheEnvironment() {
        ConfigurationSource source = Given.nothing().source().withStoreKey(Optional.of(Secret.of(KEY + "\n")));

        assertThat(Configuration.read(source).settings().storeKey()).contains(Secret.of(KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "canary", "Y2FuYXJ5", "not base64 at all"})
    void whatIsNoKeyOfTheStoreIsRefusedWithoutShowingIt(String key) {
        assertThat(Given.problems(Given.nothing().source().withStoreKey(Optional.of(Secret.of(key)))))
                .containsExactly(
                        "MAILROUTES_STORE_KEY: must be 32 bytes in base64; 'openssl rand -base64 32' makes them");
    }

    @Test
    void theKeyBeforeComesFromTheEnvironmentToo() {
        ConfigurationSource source = Given.nothing().source().withStoreKeyOld(Optional.of(Secret.of(" " + KEY)));

        assertThat(Configuration.read(source).settings().storeKeyOld()).contains(Secret.of(KEY));
        assertThat(Configuration.read(source).settings().storeKey()).isEmpty();
    }

    @Test
    void theKeyBeforeIsHeldToTheSameRulesAndMayGoWithAFile() {
        Given file = Given.nothing().with("mailroutes.store.key-file", "store.key");

        assertThat(Given.problems(file.source().withStoreKeyOld(Optional.of(Secret.of("canary")))))
                .containsExactly(
                        "MAILROUTES_STORE_KEY_OLD: must be 32 bytes in base64; 'openssl rand -base64 32' makes them");
        assertThat(Given.problems(file.source().withStoreKeyOld(Optional.of(Secret.of(KEY)))))
                .isEmpty();
    }

    @Test
    void twoKeysOfTheStoreAreOneTooMany() {
        Given file = Given.nothing().with("mailroutes.store.key-file", "store.key");

        assertThat(Given.problems(file.source().withStoreKey(Optional.of(Secret.of(KEY)))))
                .containsExactly("mailroutes.store.key-file: the environment variable MAILROUTES_STORE_KEY is set too:"
                        + " keep one of the two");
    }

    @Test
    void theKeyOfTheStoreDoesNotStandInTheFile() {
        assertThat(Given.nothing().with("mailroutes.store.key", KEY).problems())
                .containsExactly("mailroutes.store.key: the key of the token store does not belong into this file: use"
                        + " the environment variable MAILROUTES_STORE_KEY or mailroutes.store.key-file");
    }

    @Test
    void secretsAreKeptByName() {
        assertThat(Given.nothing()
                        .with("mailroutes.secrets.webhook", "canary")
                        .read()
                        .settings()
                        .secrets())
                .containsEntry("webhook", Secret.of("canary"));
        assertThat(Given.nothing().with("mailroutes.secrets.webhook", " ").problems())
                .containsExactly("mailroutes.secrets.webhook: empty. Give it a value, or delete the line");
        assertThat(Given.nothing().with("mailroutes.secrets.a.b", "canary").problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("mailroutes.secrets.a.b: the name of a secret is letters")
                .doesNotContain("canary");
    }
}
