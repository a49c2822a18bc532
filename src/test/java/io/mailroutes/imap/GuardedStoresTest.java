package io.mailroutes.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.account.Account;
import io.mailroutes.account.Mechanism;
import io.mailroutes.account.Security;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.ScriptedImapServer;
import io.mailroutes.testing.ScriptedImapServer.Transcript;
import io.mailroutes.testing.TestCertificates;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class GuardedStoresTest {
    private static final String TOKEN = "canary-token";

    @TempDir
    Path directory;

    @Test
    void theUsualProtocolNamesGiveGuardedStores() throws Exception {
        Session session = session(Accounts.clear(143), new ListedTokens(TOKEN), new Properties());
        assertThat(session.getStore("imap")).isInstanceOf(GuardedImapStore.class);
        assertThat(session.getStore("imaps")).isInstanceOf(GuardedImapsStore.class);
    }

    @Test
    void otherSessionsKeepTheStockStores() throws Exception {
        session(Accounts.clear(143), new ListedTokens(TOKEN), new Properties());
        assertThat(Session.getInstance(new Properties()).getStore("imaps")).isNotInstanceOf(GuardedImapsStore.class);
    }

    @Test
    void aServerWithoutOAuthSeesNothing() throws Exception {
        for (String offered :
                List.of("IMAP4rev1 AUTH=PLAIN AUTH=LOGIN AUTH=NTLM", "IMAP4rev1", "IMAP4rev1 LOGINDISABLED")) {
            try (var server = ScriptedImapServer.plain(c -> c.greet(offered).untilClosed())) {
                Account account = Accounts.clear(server.port());
                assertThatThrownBy(() -> connect(account, new ListedTokens(TOKEN)))
                        .isInstanceOf(AuthenticationFailedException.class)
                        .hasMessageContainingAll("account support", "nothing secret was sent");
                server.awaitEnd();
                assertThat(server.received()).isEmpty();
            }
        }
    }

    @Test
    void oauthbearerIsSpokenWhereTheStockStoreKnowsOnlyXoauth2() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> {
            c.greet("IMAP4rev1 SASL-IR AUTH=OAUTHBEARER");
            c.expect("AUTHENTICATE OAUTHBEARER .+")
                    .ok("[CAPABILITY IMAP4rev1] in")
                    .untilClosed();
        })) {
            Store store = connect(Accounts.clear(server.port()), new ListedTokens(TOKEN));
            assertThat(store.isConnected()).isTrue();
            store.close();
        }
    }

    @Test
    void aRefusedTokenIsRejectedAndTheAuthenticatorIsAskedForANewOne() throws Exception {
        Transcript refuse = c -> c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2")
                .expect("AUTHENTICATE XOAUTH2 .+")
                .send("+ eyJzdGF0dXMiOiI0MDAifQ==")
                .expectLine("")
                .no("[AUTHENTICATIONFAILED] Invalid credentials (Failure)");
        try (var server =
                ScriptedImapServer.plain(refuse, c -> c.login("IMAP4rev1").untilClosed())) {
            ListedTokens tokens = new ListedTokens(TOKEN, "fresh");
            assertThat(connect(Accounts.clear(server.port()), tokens).isConnected())
                    .isTrue();
            assertThat(tokens.rejected()).containsExactly(TOKEN);
            assertThat(tokens.refusals()).isEmpty();
        }
    }

    @Test
    void aSecondRefusalIsFinalAndSaysStatusAndAdvice() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2")
                .expect("AUTHENTICATE XOAUTH2 .+")
                .send("+ eyJzdGF0dXMiOiI0MDAifQ==")
                .expectLine("")
                .no("Invalid credentials"))) {
            ListedTokens tokens = new ListedTokens(TOKEN, "canary-2", "canary-3");
            Account account = Accounts.at("127.0.0.1", server.port(), Security.NONE, Optional.empty(), "google");
            assertThatThrownBy(() -> connect(account, tokens))
                    .isInstanceOf(AuthenticationFailedException.class)
                    .hasMessageContainingAll("joe@example.com", "status 400", "https://mail.google.com/")
                    .hasMessageNotContaining("canary");
            assertThat(tokens.refusals()).hasSize(1);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aBusyServerIsNoAuthenticationFailure() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2")
                .expect("AUTHENTICATE XOAUTH2 .+")
                .no("[ALERT] Too many simultaneous connections. (Failure)"))) {
            ListedTokens tokens = new ListedTokens(TOKEN);
            MessagingException error = catchThrowableOfType(
                    MessagingException.class, () -> connect(Accounts.clear(server.port()), tokens));
            assertThat(error)
                    .isNotInstanceOf(AuthenticationFailedException.class)
                    .hasMessageContaining("busy");
            assertThat(tokens.rejected()).isEmpty();
        }
    }

    @Test
    void startTlsTakenAwayMeansNothingIsSent() throws Exception {
        try (var server = ScriptedImapServer.plain(
                c -> c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2 AUTH=PLAIN").untilClosed())) {
            Account account = Accounts.secured(server.port(), Security.STARTTLS, Optional.empty());
            assertThatThrownBy(() -> connect(account, new ListedTokens(TOKEN))).hasMessageContaining("STARTTLS");
            server.awaitEnd();
            assertThat(server.received()).isEmpty();
        }
    }

    @Test
    void theTokenIsForTheAccountsServerAlone() throws Exception {
        try (var server = ScriptedImapServer.plain(
                c -> c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2").untilClosed())) {
            Session session = session(Accounts.clear(server.port() + 1), new ListedTokens(TOKEN), new Properties());
            assertThatThrownBy(() ->
                            session.getStore("imap").connect("127.0.0.1", server.port(), "joe@example.com", TOKEN))
                    .hasMessageContaining("nothing was sent");
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void theTokenIsForTheAccountsUserAlone() throws Exception {
        try (var server = ScriptedImapServer.plain(
                c -> c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2").untilClosed())) {
            Session session = session(Accounts.clear(server.port()), new ListedTokens(TOKEN), new Properties());
            assertThatThrownBy(() ->
                            session.getStore("imap").connect("127.0.0.1", server.port(), "eve@example.com", TOKEN))
                    .hasMessageContaining("user name");
            server.awaitEnd();
            assertThat(server.received()).noneMatch(line -> line.contains("AUTHENTICATE"));
        }
    }

    @Test
    void aHostCannotSwitchTheChecksOff() throws Exception {
        TestCertificates certificates = TestCertificates.create();
        Properties reckless = new Properties();
        for (String protocol : List.of("imap", "imaps")) {
            reckless.put("mail." + protocol + ".ssl.trust", "*");
            reckless.put("mail." + protocol + ".ssl.checkserveridentity", "false");
            reckless.put("mail." + protocol + ".socketFactory.fallback", "true");
            reckless.put("mail." + protocol + ".auth.mechanisms", "LOGIN PLAIN");
            reckless.put("mail." + protocol + ".class", "org.eclipse.angus.mail.imap.IMAPStore");
            reckless.put("mail." + protocol + ".starttls.required", "false");
        }
        reckless.put("mail.debug", "true");
        reckless.put("mail.debug.auth", "true");
        try (var server = ScriptedImapServer.tls(certificates.forLocalhost(), c -> c.greet("IMAP4rev1 AUTH=PLAIN")
                .untilClosed())) {
            Account account = Accounts.secured(server.port(), Security.TLS, Optional.empty());
            Session session = session(account, new ListedTokens(TOKEN), reckless);
            assertThat(session.getDebug()).isFalse();
            assertThatThrownBy(() ->
                            session.getStore("imaps").connect("localhost", server.port(), "joe@example.com", TOKEN))
                    .hasMessageContaining("unknown authority");
            server.awaitEnd();
            assertThat(server.received()).noneMatch(line -> line.contains("AUTHENTICATE"));
        }
    }

    @Test
    void theAccountsAuthorityIsTrustedByImapsAndByStartTls() throws Exception {
        TestCertificates certificates = TestCertificates.create();
        Optional<Path> ca = Optional.of(certificates.caFile(directory));
        try (var server = ScriptedImapServer.tls(
                certificates.forLocalhost(), c -> c.login("IMAP4rev1").untilClosed())) {
            Account account = Accounts.secured(server.port(), Security.TLS, ca);
            Store store =
                    session(account, new ListedTokens(TOKEN), new Properties()).getStore("imaps");
            store.connect("localhost", server.port(), "joe@example.com", TOKEN);
            assertThat(store.isConnected()).isTrue();
        }
        try (var server = ScriptedImapServer.startTls(certificates.forLocalhost(), c -> {
            c.greet("IMAP4rev1 STARTTLS").expect("STARTTLS").ok("go").startTls();
            c.expect("CAPABILITY")
                    .send("* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2")
                    .ok("");
            c.expect("AUTHENTICATE XOAUTH2 .+").ok("[CAPABILITY IMAP4rev1] in").untilClosed();
        })) {
            assertThat(connect(Accounts.secured(server.port(), Security.STARTTLS, ca), new ListedTokens(TOKEN))
                            .isConnected())
                    .isTrue();
        }
    }

    @Test
    void aPasswordAccountUsesPlain() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> c.greet("IMAP4rev1 SASL-IR AUTH=PLAIN")
                .expect("AUTHENTICATE PLAIN AGpvZUBleGFtcGxlLmNvbQBwYXNzIHdvcmQ=")
                .ok("[CAPABILITY IMAP4rev1] in")
                .untilClosed())) {
            assertThat(connect(Accounts.withPassword(server.port()), new ListedTokens("pass word"))
                            .isConnected())
                    .isTrue();
        }
    }

    @Test
    void anAccountThatAllowsOneMechanismGetsNoOther() throws Exception {
        try (var server = ScriptedImapServer.plain(
                c -> c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2").untilClosed())) {
            assertThatThrownBy(() ->
                            connect(Accounts.clear(server.port(), Mechanism.OAUTHBEARER), new ListedTokens(TOKEN)))
                    .isInstanceOf(AuthenticationFailedException.class);
            server.awaitEnd();
            assertThat(server.received()).isEmpty();
        }
    }

    /** As camel-mail does it: {@code getStore(protocol)}, then {@code connect} with what the authenticator says. */
    private static Store connect(Account account, ListedTokens tokens) throws MessagingException {
        Store store = session(account, tokens, new Properties()).getStore("imap");
        store.connect(
                account.imap().host(),
                account.imap().port(),
                account.user(),
                tokens.token().value().reveal());
        return store;
    }

    private static Session session(Account account, ListedTokens tokens, Properties properties) {
        Authenticator authenticator = new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(
                        account.user(), tokens.token().value().reveal());
            }
        };
        return GuardedStores.session(properties, authenticator, account, tokens);
    }
}
