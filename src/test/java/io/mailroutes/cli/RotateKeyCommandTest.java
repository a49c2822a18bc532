package io.mailroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.Main;
import io.mailroutes.testing.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotateKeyCommandTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @TempDir
    private Path directory;

    private LoginWorld world;

    @BeforeEach
    void open() {
        world = LoginWorld.open(directory);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    private void logIn() throws Exception {
        RunningCommand login = world.browserLogin();
        world.browse(login.line("http"));
        assertThat(login.code()).isZero();
    }

    private Path key() {
        return world.data().resolve("store.key");
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + world.data().resolve("mailroutes.db"));
                Statement update = connection.createStatement()) {
            update.executeUpdate(statement);
        }
    }

    @Test
    void itSaysWhatWasDoneAndTheTokensAreStillThere() throws Exception {
        logIn();
        String before = Files.readString(key()).strip();
        RunningCommand rotate = world.run("rotate-key");

        assertThat(rotate.code()).as(rotate.words()).isZero();
        assertThat(rotate.out()).isEmpty();
        assertThat(rotate.words())
                .containsPattern("Sealed with the new key \\([0-9a-f]{12}\\): the tokens of 1 account\\.")
                .contains("The new key is in " + key())
                .contains("is removed from it")
                .contains("Backups made before this need the old key.")
                .doesNotContain(before)
                .doesNotContain(Files.readString(key()).strip());
        assertThat(Files.readString(key()).strip()).isNotEqualTo(before);
        RunningCommand token = world.run("token", "support");
        assertThat(token.code()).isZero();
        assertThat(token.out().strip()).isEqualTo(world.server.tokensIssued().get(0));
    }

    @Test
    void beforeTheFirstLoginThereIsNothingToRotate() throws Exception {
        RunningCommand rotate = world.run("rotate-key");

        assertThat(rotate.code()).isEqualTo(2);
        assertThat(rotate.words()).contains("there is no key file");
        assertThat(world.data()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"store.key, rw-r-----, 600", "mailroutes.db, rw-r--r--, 600", ".,rwxr-x---, 700"})
    void whatOthersCanReadIsRefusedAndNothingIsChanged(String name, String mode, String cure) throws Exception {
        logIn();
        String before = Files.readString(key());
        Path loose = world.data().resolve(name).normalize();
        Files.setPosixFilePermissions(loose, PosixFilePermissions.fromString(mode));
        RunningCommand rotate = world.run("rotate-key");

        assertThat(rotate.code()).isEqualTo(2);
        assertThat(rotate.words()).contains("chmod " + cure + " " + loose);
        assertThat(Files.readString(key())).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(loose)))
                .isEqualTo(mode);
    }

    @Test
    void anAccountThatNoKeyOpensIsNamed() throws Exception {
        logIn();
        sql("INSERT INTO token VALUES ('ghost', '0123456789ab', x'00', 0)");
        RunningCommand rotate = world.run("rotate-key");

        assertThat(rotate.code()).isEqualTo(3);
        assertThat(rotate.words()).contains("tokens of 1 account.", "Account ghost: its tokens open with no known key");
        assertThat(world.run("token", "support").code()).isZero();
    }

    @Test
    void anAccountThatNoKeyOpensCanBeLoggedOutAndInAgain() throws Exception {
        logIn();
        sql("UPDATE token SET key_id = '0123456789ab'");
        RunningCommand token = world.run("token", "support");
        assertThat(token.code()).isEqualTo(3);
        assertThat(token.words()).contains("sealed with another key (0123456789ab)", "mailroutes logout support");

        RunningCommand logout = world.run("logout", "support");
        assertThat(logout.code()).isZero();
        assertThat(logout.words()).contains("opens with no known key", "its stored tokens are wiped");
        logIn();
        assertThat(world.run("rotate-key").code()).isZero();
    }

    @Test
    void aKeyInTheEnvironmentIsRotatedWithTheOneBefore() throws Exception {
        logIn();
        String old = Files.readString(key()).strip();

        ChildProcess how = mailroutes(Map.of("MAILROUTES_STORE_KEY", old), "rotate-key");
        Map<String, String> both = Map.of("MAILROUTES_STORE_KEY", KEY, "MAILROUTES_STORE_KEY_OLD", old);
        ChildProcess before = mailroutes(both, "token", "support"); // reads the file without Camel
        ChildProcess done = mailroutes(both, "rotate-key"); // reads it with Camel
        ChildProcess after = mailroutes(Map.of("MAILROUTES_STORE_KEY", KEY), "token", "support");

        assertThat(how.exitCode()).isEqualTo(2);
        assertThat(how.err()).contains("To rotate it:", "Nothing is changed.");
        assertThat(before.out().strip())
                .as(before.err())
                .isEqualTo(world.server.tokensIssued().get(0));
        assertThat(after.out()).as(after.err()).isEqualTo(before.out());
        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.out()).isEmpty();
        assertThat(done.err())
                .contains("the tokens of 1 account.")
                .contains("remove MAILROUTES_STORE_KEY_OLD")
                .contains("The file " + key() + " is not used")
                .doesNotContain(old)
                .doesNotContain(KEY);
        RunningCommand token = world.run("token", "support");
        assertThat(token.code()).isEqualTo(3);
        assertThat(token.words()).contains("sealed with another key");
    }

    private ChildProcess mailroutes(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(ChildProcess.java(), "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(world.line(arguments)));
        return ChildProcess.run(directory, environment, command);
    }
}
