package io.mailroutes.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.account.Account;
import io.mailroutes.account.Mechanism;
import io.mailroutes.account.Security;
import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.sasl.SaslMechanism;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.ScriptedImapServer;
import io.mailroutes.testing.ScriptedImapServer.Transcript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImapLoginTest {
    private static final String TOKEN = "canary-token-1";
    private static final String GMAIL =
            "eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ==";

    @TempDir
    Path directory;

    @Test
    void xoauth2GoesInlineWithSaslIr() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> c.login("IMAP4rev1 MOVE"))) {
            ImapConnection connection = open(Accounts.clear(server.port()), new ListedTokens(TOKEN));
            assertThat(connection.has("move")).isTrue();
            assertThat(server.received().get(0))
                    .endsWith("AUTHENTICATE XOAUTH2 "
                            + SaslMechanism.XOAUTH2.initialResponse("joe@example.com", "x", 1, TOKEN));
        }
    }

    @Test
    void withoutSaslIrTheTokenWaitsForTheContinuation() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> {
            c.greet("IMAP4rev1 AUTH=XOAUTH2").expect("AUTHENTICATE XOAUTH2").send("+ ");
            c.expectLine("[A-Za-z0-9+/=]{20,}")
                    .send("+ " + GMAIL)
                    .expectLine("")
                    .no("[AUTHENTICATIONFAILED] no");
        })) {
            refused(Accounts.clear(server.port()), new ListedTokens(TOKEN), Reason.CREDENTIALS_REFUSED);
        }
    }

    @Test
    void capabilitiesAreReadAgainWhenTheServerDoesNotPushThem() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> {
            c.send("* OK hello")
                    .expect("CAPABILITY")
                    .send("* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2")
                    .ok("");
            c.expect("AUTHENTICATE XOAUTH2 .+").ok("welcome");
            c.expect("CAPABILITY").send("* CAPABILITY IMAP4rev1 UIDPLUS").ok("done");
        })) {
            ImapConnection connection = open(Accounts.clear(server.port()), new ListedTokens(TOKEN));
            assertThat(connection.has("UIDPLUS")).isTrue();
            assertThat(connection.has("SASL-IR")).isFalse();
        }
    }

    @Test
    void capabilitiesPushedUntaggedAreNotAskedForAgain() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> c.greet("IMAP4rev1 SASL-IR AUTH=OAUTHBEARER")
                .expect("AUTHENTICATE OAUTHBEARER .+")
                .send("* CAPABILITY IMAP4rev1 MOVE")
                .ok("welcome"))) {
            assertThat(open(Accounts.clear(server.port()), new ListedTokens(TOKEN))
                            .has("MOVE"))
                    .isTrue();
        }
    }

    @Test
    void aServerWithoutOAuthNeverSeesLoginNorTheToken() throws Exception {
        for (String offered : List.of(
                "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=LOGIN AUTH=NTLM", "IMAP4rev1", "IMAP4rev1 SASL-IR AUTH=XOAUTH22")) {
            try (var server = ScriptedImapServer.plain(c -> c.greet(offered).untilClosed())) {
                ImapException error =
                        refused(Accounts.clear(server.port()), new ListedTokens(TOKEN), Reason.NO_MECHANISM);
                assertThat(error).hasMessageContainingAll("account support", "127.0.0.1", "nothing secret was sent");
                server.awaitEnd();
                assertThat(server.received()).isEmpty();
            }
        }
    }

    @Test
    void anAccountThatNamesPlainStillSendsNoTokenByIt() throws Exception {
        try (var server =
                ScriptedImapServer.plain(c -> c.greet("IMAP4rev1 AUTH=PLAIN").untilClosed())) {
            refused(Accounts.clear(server.port(), Mechanism.PLAIN), new ListedTokens(TOKEN), Reason.NO_MECHANISM);
            server.awaitEnd();
            assertThat(server.received()).isEmpty();
        }
    }

    @Test
    void anXoauth2ChallengeIsAnsweredWithAnEmptyLineAndANewTokenIsTriedOnce() throws Exception {
        Transcript refuse = c -> c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2")
                .expect("AUTHENTICATE XOAUTH2 .+")
                .send("+ " + GMAIL)
                .expectLine("")
                .no("[AUTHENTICATIONFAILED] Invalid credentials (Failure)");
        try (var server = ScriptedImapServer.plain(refuse, c -> c.login("IMAP4rev1"))) {
            ListedTokens tokens = new ListedTokens("old", "new");
            open(Accounts.clear(server.port()), tokens);
            assertThat(tokens.rejected()).containsExactly("old");
            assertThat(tokens.refusals()).isEmpty();
            assertThat(server.received().get(2))
                    .endsWith(SaslMechanism.XOAUTH2.initialResponse("joe@example.com", "x", 1, "new"));
        }
    }

    @Test
    void anOauthbearerChallengeIsAnsweredWithAControlA() throws Exception {
        Transcript refuse = c -> c.greet("IMAP4rev1 SASL-IR AUTH=OAUTHBEARER AUTH=XOAUTH2")
                .expect("AUTHENTICATE OAUTHBEARER .+")
                .send("+ eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=")
                .expectLine("AQ==")
                .no("no");
        try (var server = ScriptedImapServer.plain(refuse)) {
            Account account = Accounts.clear(server.port(), Mechanism.OAUTHBEARER, Mechanism.XOAUTH2);
            assertThat(refused(account, new ListedTokens("a", "b"), Reason.CREDENTIALS_REFUSED))
                    .hasMessageContaining("invalid_token");
        }
    }

    @Test
    void aSecondRefusalStopsTheAccountAndSaysWhatToDo() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2")
                .expect("AUTHENTICATE XOAUTH2 .+")
                .no("AUTHENTICATE failed."))) {
            ListedTokens tokens = new ListedTokens(TOKEN, "canary-token-2", "canary-token-3");
            Account account = Accounts.at("127.0.0.1", server.port(), Security.NONE, Optional.empty(), "microsoft");
            ImapException error = refused(account, tokens, Reason.CREDENTIALS_REFUSED);
            assertThat(error)
                    .hasMessageContainingAll(
                            "account support",
                            "joe@example.com",
                            "AUTHENTICATE failed.",
                            "FullAccess",
                            "New-ServicePrincipal",
                            "IMAP is enabled")
                    .hasMessageNotContaining("canary");
            assertThat(tokens.rejected()).containsExactly(TOKEN);
            assertThat(tokens.refusals()).containsExactly(error.getMessage());
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aTokenSourceWithNothingNewIsNotTriedASecondTime() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2")
                .expect("AUTHENTICATE XOAUTH2 .+")
                .no("no"))) {
            refused(Accounts.clear(server.port()), new ListedTokens(TOKEN), Reason.CREDENTIALS_REFUSED);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatEchoesTheTokenIsNotQuoted() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> {
            c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2").expect("AUTHENTICATE XOAUTH2 .+");
            c.no("no " + TOKEN + " " + c.line());
        })) {
            ImapException error =
                    refused(Accounts.clear(server.port()), new ListedTokens(TOKEN), Reason.CREDENTIALS_REFUSED);
            String message = SaslMechanism.XOAUTH2.initialResponse("joe@example.com", "x", 1, TOKEN);
            assertThat(error).hasStackTraceContaining("***").satisfies(e -> assertThat(Throwables.getStackTrace(e))
                    .doesNotContain(TOKEN, message));
        }
    }

    @Test
    void aBusyServerIsTransientWithItsBackOffAndTheTokenStaysGood() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2")
                .expect("AUTHENTICATE XOAUTH2 .+")
                .bad("Request is throttled. Suggested Backoff Time: 92415 milliseconds"))) {
            ListedTokens tokens = new ListedTokens(TOKEN);
            assertThatExceptionOfType(TransientImapException.class)
                    .isThrownBy(() -> open(Accounts.clear(server.port()), tokens))
                    .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofMillis(92_415)));
            assertThat(tokens.rejected()).isEmpty();
            assertThat(tokens.refusals()).isEmpty();
        }
    }

    @Test
    void aTokenThatExchangeTakesWithoutOpeningTheMailboxIsTransientAndExplained() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> {
            c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2")
                    .expect("AUTHENTICATE XOAUTH2 .+")
                    .ok("AUTHENTICATE completed.");
            c.expect("CAPABILITY")
                    .bad("User is authenticated but not connected.")
                    .send("* BYE Connection closed. 14");
        })) {
            assertTransient(Accounts.clear(server.port())).hasMessageContainingAll("FullAccess", "overloaded");
        }
    }

    @Test
    void clearTextToAnotherMachineIsRefusedBeforeConnecting() {
        Account account = Accounts.at("192.0.2.1", 143, Security.NONE, Optional.empty(), "generic");
        assertThat(refused(account, new ListedTokens(TOKEN), Reason.NOT_SECURE)).hasMessageContaining("loopback");
    }

    @Test
    void aPasswordGoesByPlainAndIsTriedOnlyOnce() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> c.greet("IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2")
                .expect("AUTHENTICATE PLAIN AGpvZUBleGFtcGxlLmNvbQBwYXNzIHdvcmQ=")
                .no("wrong"))) {
            ListedTokens tokens = new ListedTokens("pass word");
            assertThat(refused(Accounts.withPassword(server.port()), tokens, Reason.CREDENTIALS_REFUSED))
                    .hasMessageContaining("password");
            assertThat(server.connections()).isEqualTo(1);
            assertThat(tokens.refusals()).hasSize(1);
        }
    }

    @Test
    void loginIsForAPasswordAndOnlyWhereThereIsNothingBetter() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> c.greet("IMAP4rev1")
                .expect("LOGIN \"?joe@example.com\"? \"pass word\"")
                .ok("[CAPABILITY IMAP4rev1 MOVE] in"))) {
            assertThat(open(Accounts.withPassword(server.port()), new ListedTokens("pass word"))
                            .has("MOVE"))
                    .isTrue();
        }
        try (var server =
                ScriptedImapServer.plain(c -> c.greet("IMAP4rev1 LOGINDISABLED").untilClosed())) {
            refused(Accounts.withPassword(server.port()), new ListedTokens("pass word"), Reason.NO_MECHANISM);
            server.awaitEnd();
            assertThat(server.received()).isEmpty();
        }
    }

    @Test
    void nobodyListeningAndNoSuchHostAreTransientInWords() throws Exception {
        int port;
        try (var server = ScriptedImapServer.plain(c -> {})) {
            port = server.port();
        }
        assertTransient(Accounts.clear(port)).hasMessageContaining("refused; check host, port");
        assertTransient(Accounts.at("no-such-host.invalid", 993, Security.TLS, Optional.empty(), "generic"))
                .hasMessageContaining("no host of this name");
    }

    private ImapConnection open(Account account, ListedTokens tokens) {
        return ImapConnection.open(account, tokens, ImapSettings.defaults(directory));
    }

    private ImapException refused(Account account, ListedTokens tokens, Reason reason) {
        PermanentImapException error = catchThrowableOfType(PermanentImapException.class, () -> open(account, tokens));
        assertThat(error.reason()).as(error.getMessage()).isEqualTo(reason);
        return error;
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertTransient(Account account) {
        return assertThatThrownBy(() -> open(account, new ListedTokens(TOKEN)))
                .isInstanceOf(TransientImapException.class);
    }
}
