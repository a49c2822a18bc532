package io.mailroutes.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.message.UidSet;
import io.mailroutes.testing.ScriptedImapServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ImapFetchEndingTest {
    private static final UidSet SEVEN = UidSet.range(7, 7);
    private static final byte[] HELLO = "Subject: a\r\n\r\nhello{5}\r\n".getBytes(ISO_8859_1);

    @TempDir
    Path directory;

    @Test
    void whatTheReceiverThrowsComesOutAndClosesTheConnection() throws Exception {
        try (var server = ScriptedImapServer.plain(ImapFetchTest.then(c -> c.expect("UID FETCH .+")
                .literal("* 1 FETCH (UID 7 BODY[] ", HELLO, ")")
                .untilClosed()))) {
            ImapConnection connection = ImapFetchTest.open(server, ImapFetchTest.settings(directory));
            assertThatThrownBy(() -> connection.fetch(ListedBatches.of(
                            mail -> {
                                throw new IllegalStateException("full");
                            },
                            SEVEN)))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(connection::noop).isInstanceOf(TransientImapException.class);
        }
    }

    @Test
    void abortFromAnotherThreadEndsAFetchAtOnceAndLeavesNoFile() throws Exception {
        CountDownLatch inTheMiddle = new CountDownLatch(1);
        try (var server = ScriptedImapServer.plain(ImapFetchTest.then(c -> {
            c.expect("UID FETCH .+").send("* 1 FETCH (UID 7 BODY[] {3000000}");
            c.sendRaw(new byte[2_000_000]);
            inTheMiddle.countDown();
            c.untilClosed();
        }))) {
            ImapConnection connection = ImapFetchTest.open(server, ImapFetchTest.settings(directory));
            AtomicReference<Throwable> outcome = new AtomicReference<>();
            Thread fetching = new Thread(() -> {
                try {
                    connection.fetch(ListedBatches.of(mail -> {}, SEVEN));
                } catch (ImapException e) {
                    outcome.set(e);
                }
            });
            fetching.start();
            inTheMiddle.await();
            connection.abort();
            fetching.join(5000);
            assertThat(outcome.get()).isInstanceOf(TransientImapException.class);
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void aServerThatStopsAnsweringIsTransientAfterTheLimit() throws Exception {
        try (var server = ScriptedImapServer.plain(
                ImapFetchTest.then(c -> c.expect("UID FETCH .+").untilClosed()))) {
            ImapSettings hasty =
                    new ImapSettings(directory, Duration.ofSeconds(5), Duration.ofMillis(200), 1 << 20, 1 << 24);
            ImapConnection connection = ImapFetchTest.open(server, hasty);
            assertThatThrownBy(() -> connection.fetch(ListedBatches.of(mail -> {}, SEVEN)))
                    .isInstanceOf(TransientImapException.class)
                    .hasMessageContaining("in time");
        }
    }

    @Test
    void anEndedSessionIsTransient() throws Exception {
        for (String end : List.of(
                "* BYE Session invalidated - AccessTokenExpired", "* BYE Session expired, please login again.")) {
            try (var server = ScriptedImapServer.plain(
                    ImapFetchTest.then(c -> c.expect("UID FETCH .+").send(end)))) {
                assertThatThrownBy(() -> fetch(server, SEVEN))
                        .isInstanceOf(TransientImapException.class)
                        .hasMessageContaining("ended the session");
            }
        }
    }

    private List<FetchedMail> fetch(ScriptedImapServer server, UidSet uids) {
        List<FetchedMail> mails = new ArrayList<>();
        ImapFetchTest.open(server, ImapFetchTest.settings(directory)).fetch(ListedBatches.of(mails::add, uids));
        return mails;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
