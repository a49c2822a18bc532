package io.mailroutes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.NeedsDovecot;
import io.mailroutes.testing.RecordingProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees, and a server, when there is no token, when it is refused, and when TLS is not to be trusted. */
@NeedsDovecot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensIT {
    private static final String USER = "tokens@example.com";
    private static final String LOGIN = "AUTHENTICATE|LOGIN";

    @TempDir
    private static Path patientDirectory;

    private MailWorld world;
    private RunningProgram patient;

    /** The one that waits 30 s for an authorization server that is down begins at once, beside the other tests. */
    @BeforeAll
    void start() throws IOException {
        world = new MailWorld();
        world.append(USER, MailWorld.mail("one", "text"));
        patient = world.program(patientDirectory, USER)
                .account("token-endpoint", "http://127.0.0.1:" + closedPort() + "/token")
                .toEml()
                .start("--once");
    }

    @AfterAll
    void stop() {
        patient.close();
        world.close();
    }

    @Test
    void aClientThatIsNotAcceptedNeedsAPersonAtOnce(@TempDir Path directory) {
        int before = world.authorization().tokenRequests();
        RunningProgram run = world.program(directory, USER)
                .account("client-secret", "not-the-secret")
                .toEml()
                .once();
        assertThat(run.exitCode()).as(run.words()).isEqualTo(3);
        assertThat(run.words())
                .contains("NEEDS_LOGIN", "box", "invalid_client")
                .doesNotContain("not-the-secret", "Exception", "\tat ");
        assertThat(world.authorization().tokenRequests() - before).isLessThanOrEqualTo(2);
        assertNothingHappened();
    }

    @Test
    void anAuthorizationServerThatIsDownIsWaitedForAndThenTheMailIsLeft() {
        assertThat(patient.await(Duration.ofSeconds(90))).as(patient.words()).isEqualTo(4);
        assertThat(patient.lived())
                .as("its patience is 30 s")
                .isBetween(Duration.ofSeconds(25), Duration.ofSeconds(75));
        assertThat(patient.words()).contains("box").doesNotContain("\tat ");
        assertNothingHappened();
    }

    @Test
    void aTokenThatTheMailServerRefusesIsRenewedOnceAndThenNotTriedAgain(@TempDir Path directory) {
        try (RecordingProxy proxy = new RecordingProxy(world.dovecot().port())) {
            Program program = world.program(directory, USER, proxy.port())
                    .account("user", "somebody-else@example.com")
                    .toEml("delay: 50");
            RunningProgram run = program.once();
            assertThat(run.exitCode()).as(run.words()).isEqualTo(3);
            assertThat(run.words())
                    .contains("NEEDS_LOGIN", "somebody-else@example.com")
                    .doesNotContain("\tat ");
            assertThat(proxy.count(LOGIN)).isEqualTo(2);
            proxy.forget();
            try (RunningProgram running = program.start()) {
                running.awaitWords("NEEDS_LOGIN");
                assertThat(proxy.count(LOGIN)).isEqualTo(2);
            }
            for (String token : world.authorization().tokensIssued()) {
                assertThat(run.words()).doesNotContain(token);
            }
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefusedInWordsBeforeAnyLogin(@TempDir Path directory) {
        RunningProgram run = imaps(directory, USER).once();
        assertThat(run.exitCode()).as(run.words()).isEqualTo(4);
        assertThat(run.words())
                .containsIgnoringCase("certificate")
                .contains("ca-file")
                .doesNotContain("\tat ");
        assertNothingHappened();
    }

    @Test
    void startTlsWithSuchACertificateIsRefusedToo(@TempDir Path directory) {
        try (RecordingProxy proxy = new RecordingProxy(world.dovecot().port())) {
            RunningProgram run = world.program(directory, USER, proxy.port())
                    .account("security", "starttls")
                    .toEml()
                    .once();
            assertThat(run.exitCode()).as(run.words()).isEqualTo(4);
            assertThat(run.words()).containsIgnoringCase("certificate").contains("ca-file");
            assertThat(proxy.count(LOGIN)).isZero();
        }
        assertNothingHappened();
    }

    @Test
    void withItsCaFileTheSameCertificateIsGoodForImaps(@TempDir Path directory) {
        Program program = imaps(directory, "imaps@example.com")
                .account("ca-file", world.dovecot().certificate().toString());
        assertDelivers(program, "imaps@example.com");
    }

    @Test
    void withItsCaFileTheSameCertificateIsGoodForStartTls(@TempDir Path directory) {
        String user = "starttls@example.com";
        Program program = world.program(directory, user)
                .account("security", "starttls")
                .account("ca-file", world.dovecot().certificate().toString())
                .toEml();
        assertDelivers(program, user);
    }

    private void assertDelivers(Program program, String user) {
        world.append(user, MailWorld.mail("one", "text"));
        RunningProgram run = program.once();
        assertThat(run.exitCode()).as(run.words()).isZero();
        assertThat(program.delivered()).hasSize(1);
    }

    private Program imaps(Path directory, String user) {
        return world.program(directory, user, world.dovecot().imapsPort())
                .account("security", "tls")
                .toEml();
    }

    private void assertNothingHappened() {
        assertThat(world.inbox(USER).values()).singleElement().satisfies(mail -> assertThat(mail.flags())
                .isEmpty());
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
