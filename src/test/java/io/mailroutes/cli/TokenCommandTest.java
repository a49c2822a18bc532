package io.mailroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.testing.FakeAuthorizationServer.Kind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
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
    void theTokenOfALoginIsPrintedAloneWithoutAskingTheServer() throws Exception {
        logIn();
        RunningCommand token = world.run("token", "support");

        assertThat(token.code()).isZero();
        assertThat(token.out().strip()).isEqualTo(world.server.tokensIssued().get(0));
        assertThat(token.words()).isEmpty();
        assertThat(world.server.tokenRequests()).isEqualTo(1);
    }

    @Test
    void aTokenThatHasEndedIsRefreshedAndItsRefreshTokenKept() throws Exception {
        world.server.tokenLife(Duration.ofSeconds(1));
        logIn();
        String first = world.server.tokensIssued().get(0);
        Await.until("the end of the token", () -> !world.server.isLive(first));
        world.server.tokenLife(Duration.ofHours(1));

        RunningCommand second = world.run("token", "support");
        assertThat(second.code()).isZero();
        assertThat(second.out().strip()).isEqualTo(world.server.tokensIssued().get(1));
        assertThat(world.server.requests(Kind.REFRESH_TOKEN)).isEqualTo(1);
        assertThat(world.run("token", "support").code()).isZero();
        assertThat(world.server.refreshTokenReuses()).isZero();
    }

    @Test
    void withoutALoginThereIsNoToken() throws Exception {
        RunningCommand token = world.run("token", "support");

        assertThat(token.code()).isEqualTo(3);
        assertThat(token.out()).isEmpty();
        assertThat(token.words()).containsOnlyOnce("run: mailroutes login support");
    }

    @Test
    void aServerThatIsAwayIsNoReasonToLogIn() throws Exception {
        world.server.tokenLife(Duration.ofSeconds(1));
        logIn();
        String first = world.server.tokensIssued().get(0);
        Await.until("the end of the token", () -> !world.server.isLive(first));
        world.server.nextToken(FakeAnswer.json(503, "{}"));

        assertThat(world.run("token", "support").code()).isEqualTo(4);
    }

    @Test
    void aPasswordIsNotPrinted() throws Exception {
        for (String key : new String[] {
            "client-id", "scope", "authorization-endpoint", "device-authorization-endpoint", "token-endpoint"
        }) {
            world.without(key);
        }
        RunningCommand token = world.set("grant", "password")
                .set("password", "canary-password")
                .run("token", "support");

        assertThat(token.code()).isEqualTo(2);
        assertThat(token.out() + token.words()).doesNotContain("canary");
    }

    @Test
    void aWrongConfigurationIsSaidInWhole() throws Exception {
        RunningCommand accounts = world.set("colour", "red").without("user").run("accounts");

        assertThat(accounts.code()).isEqualTo(2);
        assertThat(accounts.words()).contains("colour", "user");
    }

    private static String out(RunningCommand command) throws Exception {
        assertThat(command.code()).isZero();
        return command.out();
    }

    private void logIn() throws Exception {
        RunningCommand login = world.browserLogin();
        world.browse(login.line("http"));
        assertThat(login.code()).isZero();
    }
}
