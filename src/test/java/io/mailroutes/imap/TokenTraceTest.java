package io.mailroutes.imap;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.sasl.SaslMechanism;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.ScriptedImapServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenTraceTest {
    private static final String TOKEN = "canary-token-of-this-test";

    private final Logger root = Logger.getLogger("");
    private final Collector collector = new Collector();
    private Level before = Level.INFO;

    @TempDir
    Path directory;

    @BeforeEach
    void traceEverything() {
        before = root.getLevel();
        root.setLevel(Level.ALL);
        root.addHandler(collector);
    }

    @AfterEach
    void traceAsBefore() {
        root.removeHandler(collector);
        root.setLevel(before);
    }

    @Test
    void theFinestTraceShowsCommandsButNoToken() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> c.login("IMAP4rev1").untilClosed())) {
            try (ImapConnection connection = ImapConnection.open(
                    Accounts.clear(server.port()), new ListedTokens(TOKEN), ImapSettings.defaults(directory))) {
                connection.noop();
            }
            assertThat(collector.lines).anyMatch(line -> line.contains("NOOP"));
            assertNoToken();
        }
    }

    @Test
    void theGuardedStoreTracesNoTokenEither() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> c.login("IMAP4rev1").untilClosed())) {
            Properties debugging = new Properties();
            debugging.put("mail.debug.auth", "true");
            debugging.put("mail.debug.auth.password", "true");
            var session = GuardedStores.session(
                    debugging,
                    new jakarta.mail.Authenticator() {},
                    Accounts.clear(server.port()),
                    new ListedTokens(TOKEN));
            try (var store = session.getStore("imap")) {
                store.connect("127.0.0.1", server.port(), "joe@example.com", TOKEN);
                assertThat(store.isConnected()).isTrue();
            }
            assertThat(collector.lines).anyMatch(line -> line.contains("NOOP"));
            assertNoToken();
        }
    }

    private void assertNoToken() {
        String message = SaslMechanism.XOAUTH2.initialResponse("joe@example.com", "", 0, TOKEN);
        assertThat(collector.lines).noneMatch(line -> line.contains(TOKEN) || line.contains(message));
    }

    private static final class Collector extends Handler {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            lines.add(entry.getMessage() + " " + java.util.Arrays.toString(entry.getParameters()));
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
