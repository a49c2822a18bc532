package io.mailroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.FakeAuthorizationServer.Kind;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogoutCommandTest {
    @TempDir
    private Path directory;

    private LoginWorld world;

    @BeforeEach
    void logIn() throws Exception {
        world = LoginWorld.open(directory);
        world.set("revocation-endpoint", world.server.revocationEndpoint().toString());
        RunningCommand login = world.browserLogin();
        world.browse(login.line("http"));
        assertThat(login.code()).isZero();
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void theTokenIsRevokedAndWiped() throws Exception {
        RunningCommand logout = world.run("logout", "support");

        assertThat(logout.code()).isZero();
        assertThat(logout.words()).contains("The token is revoked at 127.0.0.1", "its stored tokens are wiped");
        assertThat(world.isLoggedIn()).isFalse();
        assertThat(world.server.isLive(world.server.tokensIssued().get(0))).isFalse();
        assertThat(world.run("token", "support").code()).isEqualTo(3);
    }

    @Test
    void aServerWithoutRevocationLeavesTheTokenAliveAndThatIsSaid() throws Exception {
        RunningCommand logout = world.without("revocation-endpoint").run("logout", "support");

        assertThat(logout.code()).isZero();
        assertThat(logout.words()).contains("this server offers no revocation");
        assertThat(world.isLoggedIn()).isFalse();
    }

    @Test
    void googlesRevocationReachesTooFarToBeRoutine() throws Exception {
        google();
        RunningCommand logout = world.run("logout", "support");

        assertThat(logout.code()).isZero();
        assertThat(logout.words()).contains("any client of the same Google Cloud project", "--revoke");
        assertThat(world.server.requests(Kind.REVOCATION)).isZero();
        assertThat(world.isLoggedIn()).isFalse();
    }

    @Test
    void googlesRevocationIsDoneWhenItIsAskedFor() throws Exception {
        google();

        assertThat(world.run("logout", "support", "--revoke").code()).isZero();
        assertThat(world.server.requests(Kind.REVOCATION)).isEqualTo(1);
    }

    @Test
    void aRevocationThatFailsKeepsNothingHereAndSaysWhatIsLeft() throws Exception {
        URI nowhere = world.server.issuer().resolve("/nowhere");
        RunningCommand logout =
                world.set("revocation-endpoint", nowhere.toString()).run("logout", "support");

        assertThat(logout.code()).isEqualTo(2);
        assertThat(logout.words()).contains("end the consent on the provider's own page", "HTTP 404");
        assertThat(world.isLoggedIn()).isFalse();
    }

    @Test
    void nobodyIsLoggedOutTwice() throws Exception {
        world.run("logout", "support").code();
        RunningCommand again = world.run("logout", "support");

        assertThat(again.code()).isZero();
        assertThat(again.words()).contains("No refresh token is stored");
        assertThat(world.server.requests(Kind.REVOCATION)).isEqualTo(1);
    }

    @Test
    void theRefreshTokenIsNeverShown() throws Exception {
        RunningCommand logout = world.run("logout", "support");
        logout.code();

        assertThat(logout.out() + logout.words()).doesNotContain("rt-");
    }

    private void google() {
        world.set("provider", "google")
                .set("scope", "https://mail.google.com/")
                .without("device-authorization-endpoint")
                .set("client-authentication", "none");
    }
}
