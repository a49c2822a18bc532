package io.mailroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceLoginTest {
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

    @Test
    void aCodeTypedElsewhereEndsInAStoredTokenAndAnImapLogin() throws Exception {
        world.server.device().first("authorization_pending");
        RunningCommand login = world.set("grant", "device-code").run("login", "support");

        assertThat(login.code()).isZero();
        assertThat(login.out().lines()).containsExactly("https://login.example.com/device", "WDJB-MJHT");
        assertThat(world.isLoggedIn()).isTrue();
        assertThat(world.imap.connections()).isEqualTo(1);
    }

    @Test
    void theDeviceCodeIsNeverShown() throws Exception {
        RunningCommand login = device();
        login.code();

        assertThat(world.server.device().codes()).hasSize(1).noneMatch((login.out() + login.words())::contains);
    }

    @Test
    void anotherSpellingOfTheAddressIsUnderstood() throws Exception {
        world.server
                .device()
                .answering("verification_uri", "")
                .answering("verification_url", "https://ya.example/device");

        assertThat(device().line("https")).isEqualTo("https://ya.example/device");
    }

    @Test
    void anAddressInClearTextIsNotShown() throws Exception {
        world.server.device().answering("verification_uri", "http://login.example.com/device");
        RunningCommand login = device();

        assertThat(login.code()).isEqualTo(2);
        assertThat(login.out()).isEmpty();
    }

    @Test
    void aServerThatInsistsOnPkceGetsIt() throws Exception {
        world.server.device().wantingPkce();

        assertThat(device().code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied, Somebody chose not to consent",
        "authorization_declined, Somebody chose not to consent",
        "expired_token, the code has expired",
        "bad_verification_code, the code has expired",
    })
    void aRefusalEndsTheAsking(String error, String words) throws Exception {
        world.server.device().first(error);
        RunningCommand login = device();

        assertThat(login.code()).isEqualTo(3);
        assertThat(login.words()).contains(words);
        assertThat(world.isLoggedIn()).isFalse();
    }

    @Test
    void aCodeThatNobodyTypesIsGivenUp() throws Exception {
        world.server.device().first("authorization_pending", "authorization_pending", "authorization_pending");
        RunningCommand login = world.run("login", "support", "--device", "--timeout", "2s");

        assertThat(login.code()).isEqualTo(3);
        assertThat(login.words()).contains("nobody consented within 2 s");
    }

    @Test
    void aServerWithoutDevicesSaysWhatToDoInstead() throws Exception {
        world.without("device-authorization-endpoint");
        RunningCommand login = device();

        assertThat(login.code()).isEqualTo(2);
        assertThat(login.words()).contains("log in with --browser or --paste");
    }

    private RunningCommand device() {
        return world.run("login", "support", "--device", "--timeout", "20s");
    }
}
