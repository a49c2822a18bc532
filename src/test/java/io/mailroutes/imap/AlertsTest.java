package io.mailroutes.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.account.Account;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.LogLines;
import io.mailroutes.testing.ScriptedImapServer;
import io.mailroutes.testing.ScriptedImapServer.Transcript;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 9051 section 7.1: the text of an ALERT is always shown, whatever it comes with. */
class AlertsTest {
    private static final String SAYS = "WARN Account support: 127.0.0.1 says: ";

    private static final Authenticator NOBODY = new Authenticator() {};

    @TempDir
    Path directory;

    private final LogLines log = LogLines.of("io.mailroutes.imap");

    @Test
    void anAlertIsShownWithEveryKindOfAnswerAndCleaned() throws Exception {
        try (log;
                var server = ScriptedImapServer.plain(c -> {
                    c.send("* OK [ALERT] maintenance tonight").expect("CAPABILITY");
                    c.send("* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2").ok("done");
                    c.expect("AUTHENTICATE XOAUTH2 .+").ok("[CAPABILITY IMAP4rev1] in");
                    c.expect("NOOP")
                            .send("* NO [ALERT] disk \u001b[31m95% full")
                            .ok("[alert] and so on");
                    c.expect("NOOP").send("* BYE [ALERT] going down");
                })) {
            ImapConnection connection = open(server);
            connection.noop();
            assertThatThrownBy(connection::noop).isInstanceOf(TransientImapException.class);

            assertThat(log.lines())
                    .containsExactly(
                            "WARN 127.0.0.1 says: [ALERT] maintenance tonight",
                            SAYS + "[ALERT] disk  [31m95% full",
                            SAYS + "[alert] and so on",
                            SAYS + "[ALERT] going down");
        }
    }

    @Test
    void anAlertThatRefusesTheLoginIsShownAndStandsInTheMessage() throws Exception {
        try (log;
                var server = ScriptedImapServer.plain(refusing())) {
            assertThatThrownBy(() -> open(server)).hasMessageContaining("Web login required: https://go");

            assertThat(log.lines()).containsExactly(SAYS + "[ALERT] Web login required: https://go");
        }
    }

    @Test
    void theStockDoorShowsItToo() throws Exception {
        try (log;
                var server = ScriptedImapServer.plain(refusing())) {
            Account account = Accounts.clear(server.port());
            try (Store store = GuardedStores.session(
                            new Properties(), NOBODY, account, new ListedTokens("canary-token"))
                    .getStore("imap")) {
                assertThatThrownBy(() -> store.connect("127.0.0.1", server.port(), "joe@example.com", "t"))
                        .isInstanceOf(MessagingException.class);
            }
            assertThat(log.lines()).contains(SAYS + "[ALERT] Web login required: https://go");
        }
    }

    private static Transcript refusing() {
        return c -> c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2")
                .expect("AUTHENTICATE XOAUTH2 .+")
                .no("[ALERT] Web login required: https://go");
    }

    private ImapConnection open(ScriptedImapServer server) {
        return ImapConnection.open(
                Accounts.clear(server.port()), new ListedTokens("canary-token"), ImapSettings.defaults(directory));
    }
}
