package io.mailroutes.imap;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.account.Security;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.ScriptedImapServer;
import io.mailroutes.testing.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A time-out may come when half a TLS record is there. */
@Timeout(60)
class MailWaitTlsTest {
    @TempDir
    Path directory;

    /** @param cut bytes of the record that come before the time-out: of its header, of its content, of its last byte */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 12, 33})
    void whatATimeOutCutsInTheMiddleOfARecordIsReadOn(int cut) throws Exception {
        TestCertificates certificates = TestCertificates.create();
        AtomicInteger next = new AtomicInteger();
        Semaphore relayed = new Semaphore(0);
        try (ScriptedImapServer server = ScriptedImapServer.tls(certificates.forLocalhost(), c -> {
                    c.login("IMAP4rev1 IDLE").expect("IDLE");
                    relayed.drainPermits(); // all before has come to the client, or it would not say IDLE
                    c.send("+ idling");
                    relayed.acquire();
                    next.set(cut);
                    c.send("* 1 EXISTS");
                    c.expectLine("DONE").send(c.tag() + " OK done");
                    c.expect("NOOP").ok("done").untilClosed();
                });
                ServerSocket relay = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> relay(relay, server.port(), next, relayed));
            thread.setDaemon(true);
            thread.start();
            try (ImapConnection connection = ImapConnection.open(
                    Accounts.secured(relay.getLocalPort(), Security.TLS, Optional.of(certificates.caFile(directory))),
                    new ListedTokens("token"),
                    ImapSettings.defaults(directory).withProbeTimeout(Duration.ofSeconds(5)))) {
                connection.waiting().await(Duration.ofMillis(300));
                assertThat(connection.hasNews()).isTrue();
                connection.noop();
            }
        }
    }

    /** Sends so much of the record that is to be cut, and its rest when the client has said something. */
    private static void relay(ServerSocket door, int target, AtomicInteger next, Semaphore relayed) {
        try (Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            CountDownLatch said = new CountDownLatch(1);
            Thread up = new Thread(() -> copyUp(client, server, next, said));
            up.setDaemon(true);
            up.start();
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                int first = next.get() > 0 ? Math.min(next.get(), length) : length;
                out.write(buffer, 0, first);
                out.flush();
                if (first < length) {
                    said.await(20, TimeUnit.SECONDS);
                    out.write(buffer, first, length - first);
                }
                relayed.release();
            }
        } catch (IOException | InterruptedException gone) {
            return; // the test is over
        }
    }

    private static void copyUp(Socket client, Socket server, AtomicInteger next, CountDownLatch said) {
        try {
            byte[] buffer = new byte[1 << 16];
            InputStream in = client.getInputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                server.getOutputStream().write(buffer, 0, length);
                if (next.getAndSet(0) > 0) {
                    said.countDown();
                }
            }
        } catch (IOException gone) {
            return; // the test is over
        }
    }
}
