package io.mailroutes.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.testing.ScriptedImapConnection;
import io.mailroutes.testing.ScriptedImapServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MailWaitTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path directory;

    @Test
    void aMailEndsTheWait() throws Exception {
        try (var server = idling(c -> c.send("* 1 EXISTS"))) {
            ImapConnection connection = open(server);
            connection.waiting().await(LONG);
            assertThat(connection.hasNews()).isTrue();
        }
    }

    @Test
    void aMailThatIsToldOfBeforeTheServerIdlesEndsTheWait() throws Exception {
        try (var server = server(c -> {
            c.expect("IDLE").send("* 1 EXISTS").send("+ idling");
            c.expectLine("DONE").send(c.tag() + " OK done");
        })) {
            ImapConnection connection = open(server);
            connection.waiting().await(LONG);
            assertThat(connection.hasNews()).isTrue();
        }
    }

    @Test
    void whatIsNoMailDoesNotEndTheWait() throws Exception {
        try (var server = idling(c ->
                c.send("* OK Still here").send("* 1 FETCH (FLAGS (\\Seen))").send("* 0 EXISTS"))) {
            ImapConnection connection = open(server);
            connection.waiting().await(SHORT);
            assertThat(connection.hasNews()).isFalse();
        }
    }

    @Test
    void whenTheTimeIsOverARoundTripProvesThatTheServerIsThere() throws Exception {
        try (var server = server(c -> {
            idle(c, x -> {});
            idle(c, x -> {});
            c.expect("NOOP").ok("done");
        })) {
            ImapConnection connection = open(server);
            connection.waiting().await(SHORT);
            connection.waiting().await(SHORT);
            connection.noop();
            assertThat(connection.hasNews()).isFalse();
        }
    }

    @Test
    void whoeverWakesItEndsItAtOnce() throws Exception {
        CountDownLatch idling = new CountDownLatch(1);
        try (var server = idling(c -> idling.countDown())) {
            MailWait wait = open(server).waiting();
            Thread waker = new Thread(() -> {
                try {
                    idling.await();
                } catch (InterruptedException e) {
                    return;
                }
                wait.wake();
                wait.wake();
            });
            waker.start();
            wait.await(LONG);
            waker.join();
        }
    }

    @Test
    void whatIsWokenBeforeItBeginsEndsAtOnce() throws Exception {
        try (var server = idling(c -> {})) {
            MailWait wait = open(server).waiting();
            wait.wake();
            wait.await(LONG);
        }
    }

    @Test
    void nobodyEndsAnIdleThatTheServerHasEndedByItself() throws Exception {
        try (var server = server(c -> {
            c.expect("IDLE").send("+ idling").send(c.tag() + " OK enough");
            c.expect("NOOP").ok("done");
        })) {
            ImapConnection connection = open(server);
            MailWait wait = connection.waiting();
            wait.await(LONG);
            wait.wake();
            connection.noop();
        }
    }

    @Test
    void aServerThatNeverStopsTalkingCannotPutOffTheRoundTrip() throws Exception {
        try (var server = server(c -> {
            c.expect("IDLE").send("+ idling");
            Thread talker = new Thread(() -> talk(c));
            talker.start();
            c.expectLine("DONE");
            talker.interrupt();
            talker.join();
            c.send(c.tag() + " OK done");
        })) {
            open(server).waiting().await(SHORT);
        }
    }

    private static void talk(ScriptedImapConnection c) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                c.send("* OK Still here");
            }
        } catch (IOException gone) {
            return; // the client has closed
        }
    }

    @Test
    void whatATimeOutCutsInTheMiddleOfALineIsReadOn() throws Exception {
        try (var server = server(c -> {
            c.expect("IDLE").send("+ idling").sendRaw("* 1 EX".getBytes(StandardCharsets.US_ASCII));
            c.expectLine("DONE").send("ISTS").send(c.tag() + " OK done");
            c.expect("NOOP").ok("done");
        })) {
            ImapConnection connection = open(server);
            connection.waiting().await(SHORT);
            assertThat(connection.hasNews()).isTrue();
            connection.noop();
        }
    }

    @Test
    void aServerThatDoesNotAnswerDoneIsLost() throws Exception {
        try (var server = server(c -> c.expect("IDLE").send("+ idling"))) {
            MailWait wait = ImapFetchTest.open(
                            server, ImapFetchTest.settings(directory).withProbeTimeout(Duration.ofMillis(200)))
                    .waiting();
            assertThatThrownBy(() -> wait.await(SHORT))
                    .isInstanceOf(TransientImapException.class)
                    .hasMessageContaining("did not answer in time");
        }
    }

    @Test
    void aServerThatRefusesIdleIsNotAskedAgainAndTheConnectionGoesOn() throws Exception {
        try (var server = server(c -> {
            c.expect("IDLE").bad("[CLIENTBUG] Unrecognised command");
            c.expect("NOOP").ok("done");
        })) {
            ImapConnection connection = open(server);
            MailWait wait = connection.waiting();
            wait.await(LONG);
            assertThat(wait.isRefused()).isTrue();
            connection.noop();
        }
    }

    @Test
    void aThrottledIdleIsNoRefusal() throws Exception {
        try (var server = server(c -> {
            c.expect("IDLE").bad("Request is throttled. Suggested Backoff Time: 92415 milliseconds");
            c.untilClosed();
        })) {
            MailWait wait = open(server).waiting();
            assertThatThrownBy(() -> wait.await(LONG))
                    .isInstanceOfSatisfying(TransientImapException.class, e -> assertThat(e.retryAfter())
                            .isEqualTo(Duration.ofMillis(92415)));
            assertThat(wait.isRefused()).isFalse();
        }
    }

    @Test
    void aByeDuringIdleIsTransient() throws Exception {
        try (var server = server(c -> {
            c.expect("IDLE").send("+ idling").send("* BYE Session invalidated - AccessTokenExpired");
            c.untilClosed();
        })) {
            MailWait wait = open(server).waiting();
            assertThatThrownBy(() -> wait.await(LONG)).isInstanceOf(TransientImapException.class);
        }
    }

    @Test
    void aLineThatIsClosedDuringIdleIsTransient() throws Exception {
        try (var server = server(c -> c.expect("IDLE").send("+ idling").drop())) {
            MailWait wait = open(server).waiting();
            assertThatThrownBy(() -> wait.await(LONG)).isInstanceOf(TransientImapException.class);
        }
    }

    private interface Script {
        void play(ScriptedImapConnection c) throws Exception;
    }

    private static void idle(ScriptedImapConnection c, Script news) throws Exception {
        c.expect("IDLE").send("+ idling");
        news.play(c);
        c.expectLine("DONE").send(c.tag() + " OK done");
    }

    private static ScriptedImapServer idling(Script news) throws Exception {
        return server(c -> idle(c, news));
    }

    private static ScriptedImapServer server(Script script) throws Exception {
        return ScriptedImapServer.plain(ImapFetchTest.then(c -> {
            script.play(c);
            c.untilClosed();
        }));
    }

    private ImapConnection open(ScriptedImapServer server) {
        return ImapFetchTest.open(server, ImapFetchTest.settings(directory));
    }
}
