package io.mailroutes.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.account.Account;
import io.mailroutes.sasl.SaslMechanism;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.ScriptedSmtpServer;
import io.mailroutes.testing.SettableClock;
import java.time.Instant;
import java.util.Arrays;
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

class SmtpTokenTraceTest {
    private static final String TOKEN = "canary-token-of-this-test";

    private final Logger root = Logger.getLogger("");
    private final Collector collector = new Collector();
    private Level before = Level.INFO;

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
        try (var server = ScriptedSmtpServer.plain(
                c -> c.greet("AUTH XOAUTH2").expect("AUTH .+").send("235 in").untilClosed())) {
            Properties debugging = new Properties();
            debugging.put("mail.debug", "true");
            debugging.put("mail.debug.auth", "true");
            debugging.put("mail.debug.auth.password", "true");
            Account account = SmtpAccounts.clear(server.port()).token();
            var session = GuardedTransports.session(
                    debugging,
                    new jakarta.mail.Authenticator() {},
                    account,
                    account.smtp().orElseThrow(),
                    new ListedTokens(TOKEN),
                    new SettableClock(Instant.EPOCH));
            try (var transport = session.getTransport("smtp")) {
                transport.connect("127.0.0.1", server.port(), "joe@example.com", TOKEN);
            }
            assertThat(collector.lines).anyMatch(line -> line.contains("EHLO"));
            String message = SaslMechanism.XOAUTH2.initialResponse("joe@example.com", "", 0, TOKEN);
            assertThat(collector.lines).noneMatch(line -> line.contains(TOKEN) || line.contains(message));
        }
    }

    private static final class Collector extends Handler {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            lines.add(entry.getMessage() + " " + Arrays.toString(entry.getParameters()));
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
