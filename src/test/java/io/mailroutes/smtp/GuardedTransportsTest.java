package io.mailroutes.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.account.Account;
import io.mailroutes.account.Mechanism;
import io.mailroutes.sasl.SaslMechanism;
import io.mailroutes.smtp.PermanentSmtpException.Reason;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.ScriptedSmtpServer;
import io.mailroutes.testing.ScriptedSmtpServer.Transcript;
import io.mailroutes.testing.SettableClock;
import jakarta.mail.Session;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The login of a transport, on a loopback line in clear text. */
@Timeout(30)
class GuardedTransportsTest {
    private static final String TOKEN = "canary-token";
    private static final String CHALLENGE = "334 eyJzdGF0dXMiOiI0MDAiLCJzY29wZSI6Im1haWwifQ==";
    private static final Transcript REFUSE = c -> c.greet("AUTH XOAUTH2")
            .expect("AUTH XOAUTH2 .+")
            .send(CHALLENGE)
            .expect("")
            .send("535-5.7.8 Username and Password not accepted.")
            .send("535 5.7.8 see the help")
            .untilClosed();
    private static final Transcript ACCEPT = c -> c.greet("AUTH XOAUTH2")
            .expect("AUTH XOAUTH2 .+")
            .send("235 2.7.0 in")
            .untilClosed();

    private final SettableClock clock = new SettableClock(Instant.EPOCH);

    @Test
    void theUsualProtocolNamesGiveGuardedTransports() throws Exception {
        Session session = session(SmtpAccounts.clear(25).token(), new ListedTokens(TOKEN));
        assertThat(session.getTransport("smtp")).isExactlyInstanceOf(GuardedSmtpTransport.class);
        assertThat(session.getTransport("smtps")).isExactlyInstanceOf(GuardedSmtpsTransport.class);
        assertThat(Session.getInstance(new Properties()).getTransport("smtp"))
                .isNotInstanceOf(GuardedSmtpTransport.class);
    }

    @Test
    void xoauth2SendsTheTokenOnceAsGoogleWritesIt() throws Exception {
        try (var server = ScriptedSmtpServer.plain(ACCEPT)) {
            connect(SmtpAccounts.clear(server.port()).token(), new ListedTokens(TOKEN));
            String message = SaslMechanism.XOAUTH2.initialResponse("joe@example.com", "", 0, TOKEN);
            assertThat(server.received()).containsOnlyOnce("AUTH XOAUTH2 " + message);
        }
    }

    @Test
    void aTokenLongerThanACommandMayBeWaitsToBeAskedFor() throws Exception {
        String large = "canary".repeat(400);
        try (var server = ScriptedSmtpServer.plain(c -> c.greet("AUTH XOAUTH2")
                .expect("AUTH XOAUTH2")
                .send("334 ")
                .expect("[A-Za-z0-9+/=]{3000,}")
                .send("235 in")
                .untilClosed())) {
            connect(SmtpAccounts.clear(server.port()).token(), new ListedTokens(large));
            assertThat(server.surprises()).isEmpty();
        }
    }

    @Test
    void oauthbearerIsSpokenWhereTheStockTransportKnowsOnlyXoauth2() throws Exception {
        try (var server = ScriptedSmtpServer.plain(c -> c.greet("AUTH LOGIN PLAIN OAUTHBEARER")
                .expect("AUTH OAUTHBEARER .+")
                .send("235 in")
                .untilClosed())) {
            connect(SmtpAccounts.clear(server.port()).token(), new ListedTokens(TOKEN));
            assertThat(server.surprises()).isEmpty();
        }
    }

    @Test
    void anErrorOfOauthbearerIsAnsweredAsItsRfcSays() throws Exception {
        try (var server = ScriptedSmtpServer.plain(c -> c.greet("AUTH OAUTHBEARER")
                .expect("AUTH OAUTHBEARER .+")
                .send(CHALLENGE)
                .expect("AQ==")
                .send("535 5.7.8 no")
                .untilClosed())) {
            Account account = SmtpAccounts.clear(server.port()).token(Mechanism.OAUTHBEARER);
            assertThat(refused(account, new ListedTokens(TOKEN))).hasMessageContaining("status 400");
            assertThat(server.surprises()).isEmpty();
        }
    }

    @Test
    void aServerWithoutOAuthSeesNotOneByteOfTheToken() throws Exception {
        for (String offered : List.of("AUTH LOGIN PLAIN NTLM DIGEST-MD5 CRAM-MD5", "AUTH=LOGIN PLAIN", "SIZE 1000")) {
            try (var server = ScriptedSmtpServer.plain(c -> c.greet(offered).untilClosed())) {
                PermanentSmtpException error =
                        refused(SmtpAccounts.clear(server.port()).token(), new ListedTokens(TOKEN));
                assertThat(error.reason()).isEqualTo(Reason.NO_MECHANISM);
                assertThat(error).hasMessageContainingAll("account support", "nothing secret was sent");
                server.awaitEnd();
                assertThat(server.connections()).isEqualTo(1);
                assertThat(server.received()).singleElement().asString().startsWith("EHLO ");
            }
        }
    }

    @Test
    void aTokenIsNeverAPasswordWhateverTheAccountSays() throws Exception {
        try (var server =
                ScriptedSmtpServer.plain(c -> c.greet("AUTH PLAIN LOGIN").untilClosed())) {
            Account account = SmtpAccounts.clear(server.port()).token(Mechanism.PLAIN);
            assertThat(refused(account, new ListedTokens(TOKEN)).reason()).isEqualTo(Reason.NO_MECHANISM);
            server.awaitEnd();
            assertThat(server.received()).hasSize(1);
        }
    }

    @Test
    void aServerThatKnowsNoEhloGetsNothing() throws Exception {
        try (var server = ScriptedSmtpServer.plain(c -> c.send("220 old")
                .expect("EHLO .+")
                .send("502 what")
                .expect("HELO .+")
                .send("250 hi")
                .untilClosed())) {
            assertThatThrownBy(() -> connect(SmtpAccounts.clear(server.port()).token(), new ListedTokens(TOKEN)))
                    .isInstanceOf(SmtpException.class);
            server.awaitEnd();
            assertThat(server.received()).hasSize(2);
        }
    }

    @Test
    void aRefusedTokenIsRejectedAndTheNextOneTriedOnANewConnection() throws Exception {
        try (var server = ScriptedSmtpServer.plain(REFUSE, ACCEPT)) {
            ListedTokens tokens = new ListedTokens(TOKEN, "fresh");
            connect(SmtpAccounts.clear(server.port()).token(), tokens);
            assertThat(tokens.rejected()).containsExactly(TOKEN);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aSecondRefusalIsFinalAndFurtherMailsDoNotTryIt() throws Exception {
        try (var server = ScriptedSmtpServer.plain(REFUSE)) {
            ListedTokens tokens = new ListedTokens(TOKEN, "canary-2");
            Session session = session(
                    SmtpAccounts.clear(server.port()).provider("google", "x").token(), tokens);
            for (int mail = 0; mail < 5; mail++) {
                assertThatThrownBy(() -> connect(session, server.port()))
                        .isInstanceOf(PermanentSmtpException.class)
                        .hasMessageContainingAll("joe@example.com", "5.7.8", "status 400", "https://mail.google.com/")
                        .hasMessageNotContaining("canary");
            }
            assertThat(server.connections()).isEqualTo(2);
            assertThat(tokens.rejected()).containsExactly(TOKEN);
            assertThat(tokens.refusals()).as("reading goes on").isEmpty();
            clock.advance(LastRefusal.PAUSE);
            assertThatThrownBy(() -> connect(session, server.port())).isInstanceOf(PermanentSmtpException.class);
            assertThat(server.connections()).as("tried again after the pause").isGreaterThan(2);
        }
    }

    @Test
    void aNewerTokenIsTriedAtOnceButOnce() throws Exception {
        try (var server = ScriptedSmtpServer.plain(REFUSE)) {
            ListedTokens tokens = new ListedTokens(TOKEN, "second", "third", "fourth");
            Session session = session(SmtpAccounts.clear(server.port()).token(), tokens);
            assertThatThrownBy(() -> connect(session, server.port())).isInstanceOf(PermanentSmtpException.class);
            tokens.reject(tokens.token());
            assertThatThrownBy(() -> connect(session, server.port())).isInstanceOf(PermanentSmtpException.class);
            assertThat(server.connections()).isEqualTo(3);
            assertThat(tokens.token().value().reveal()).isEqualTo("third");
        }
    }

    @Test
    void aServerThatEchoesTheTokenIsNotQuoted() throws Exception {
        String message = SaslMechanism.XOAUTH2.initialResponse("joe@example.com", "", 0, TOKEN);
        try (var server = ScriptedSmtpServer.plain(c -> c.greet("AUTH XOAUTH2")
                .expect("AUTH .+")
                .send("535 5.7.8 bad " + message + " and " + TOKEN)
                .untilClosed())) {
            assertThat(refused(SmtpAccounts.clear(server.port()).token(), new ListedTokens(TOKEN)))
                    .hasMessageNotContaining(TOKEN)
                    .hasMessageNotContaining(message);
        }
    }

    @Test
    void thePasswordOfAnAccountIsSentAsPlain() throws Exception {
        try (var server = ScriptedSmtpServer.plain(c -> c.greet("AUTH XOAUTH2 LOGIN PLAIN")
                .expect("AUTH PLAIN AGpvZUBleGFtcGxlLmNvbQBwYXNzIHdvcmQ=")
                .send("235 in")
                .untilClosed())) {
            connect(SmtpAccounts.clear(server.port()).password(), new ListedTokens("pass word"));
            assertThat(server.surprises()).isEmpty();
        }
    }

    @Test
    void aRefusedPasswordIsTriedOnce() throws Exception {
        try (var server = ScriptedSmtpServer.plain(c ->
                c.greet("AUTH PLAIN").expect("AUTH .+").send("535 5.7.8 no").untilClosed())) {
            ListedTokens tokens = new ListedTokens("pass word");
            assertThat(refused(SmtpAccounts.clear(server.port()).password(), tokens))
                    .hasMessageContaining("app password");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void theCredentialIsForTheAccountsServerAlone() throws Exception {
        try (var server = ScriptedSmtpServer.plain(ACCEPT)) {
            Session session = session(SmtpAccounts.clear(server.port() + 1).token(), new ListedTokens(TOKEN));
            assertThatThrownBy(() -> connect(session, server.port())).hasMessageContaining("nothing was sent");
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void endlessChallengesAreCutOff() throws Exception {
        try (var server = ScriptedSmtpServer.plain(c -> {
            c.greet("AUTH XOAUTH2").expect("AUTH .+");
            for (int i = 0; i < 6; i++) {
                c.send(CHALLENGE).expect("");
            }
        })) {
            assertThatThrownBy(() -> connect(SmtpAccounts.clear(server.port()).token(), new ListedTokens(TOKEN)))
                    .hasMessageContaining("challenge after challenge");
            server.awaitEnd();
        }
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws Exception {
        try (var server = ScriptedSmtpServer.plain(c -> {
            c.greet("AUTH XOAUTH2").expect("AUTH .+");
            for (int i = 0; i < 100; i++) {
                c.send("535-" + "x".repeat(1000));
            }
        })) {
            assertThatThrownBy(() -> connect(SmtpAccounts.clear(server.port()).token(), new ListedTokens(TOKEN)))
                    .isInstanceOf(TransientSmtpException.class)
                    .hasMessageContaining("larger than");
        }
    }

    private PermanentSmtpException refused(Account account, ListedTokens tokens) {
        return catchThrowableOfType(PermanentSmtpException.class, () -> connect(account, tokens));
    }

    private void connect(Account account, ListedTokens tokens) throws Exception {
        connect(session(account, tokens), account.smtp().orElseThrow().port());
    }

    private static void connect(Session session, int port) throws Exception {
        try (var transport = session.getTransport("smtp")) {
            transport.connect("127.0.0.1", port, "joe@example.com", "");
        }
    }

    private Session session(Account account, ListedTokens tokens) {
        return GuardedTransports.session(
                new Properties(),
                new jakarta.mail.Authenticator() {},
                account,
                account.smtp().orElseThrow(),
                tokens,
                clock);
    }
}
