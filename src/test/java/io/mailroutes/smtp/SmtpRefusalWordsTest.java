package io.mailroutes.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.account.Account;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.ScriptedSmtpServer;
import io.mailroutes.testing.SettableClock;
import jakarta.mail.Session;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people are told when a login is refused, and how often it is tried. */
@Timeout(30)
class SmtpRefusalWordsTest {
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            microsoft | 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled | 1 | Set-CASMailbox
            microsoft | 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. | 1 | SmtpClientAuthenticationDisabled $false
            microsoft | 535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. | 1 | did not meet the criteria
            microsoft | 550 5.7.30 Basic authentication is not supported for Client Submission. | 1 | takes no password
            microsoft | 535 5.7.3 Authentication unsuccessful [XX0P1.PROD.OUTLOOK.COM] | 2 | .scope = https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send
            outlook   | 535 5.7.3 Authentication unsuccessful | 2 | reading only
            google    | 534 5.7.9 Application-specific password required. | 1 | app password
            google    | 534 5.7.14 Please log in via your web browser and then try again. | 1 | once in a browser
            google    | 535 5.7.8 Username and Password not accepted. | 2 | https://mail.google.com/
            generic   | 535 5.7.8 no | 2 | scope and audience
            generic   | 504 5.5.4 unrecognized mechanism | 1 | unrecognized
            generic   | 538 5.7.11 encryption required | 1 | encryption required
            fastmail  | 535 5.7.0 no | 2 | https://www.fastmail.com/dev/protocol-smtp
            """)
    void aRefusalSaysWhatToDo(String provider, String answer, int connections, String words) throws Exception {
        try (var server = ScriptedSmtpServer.plain(
                c -> c.greet("AUTH XOAUTH2").expect("AUTH .+").send(answer).untilClosed())) {
            Account account = SmtpAccounts.clear(server.port())
                    .provider(provider, "https://outlook.office.com/IMAP.AccessAsUser.All")
                    .token();
            SmtpException error = catchThrowableOfType(SmtpException.class, () -> connect(account));
            assertThat(error)
                    .isInstanceOf(PermanentSmtpException.class)
                    .hasMessageContainingAll("account support", "login of joe@example.com was refused", words)
                    .hasMessageNotContaining("canary");
            assertThat(server.connections()).isEqualTo(connections);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            454 4.7.0 Temporary authentication failure
            421 4.7.0 Temporary System Problem. Try again later
            451 4.7.0 Temporary server error. Please try again later. PRX4
            432 4.3.2 Concurrent connections limit exceeded
            450 4.3.2 try again
            """)
    void aBusyServerIsForLaterAndTheTokenStaysGood(String answer) throws Exception {
        ListedTokens tokens = new ListedTokens("canary-1", "canary-2");
        try (var server = ScriptedSmtpServer.plain(
                c -> c.greet("AUTH XOAUTH2").expect("AUTH .+").send(answer).untilClosed())) {
            Account account = SmtpAccounts.clear(server.port()).token();
            SmtpException error = catchThrowableOfType(SmtpException.class, () -> connect(account, tokens));
            assertThat(error).isInstanceOf(TransientSmtpException.class);
            assertThat(tokens.rejected()).isEmpty();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"421 too busy, true", "554 5.7.1 you are on a list, false", "220-never,true"})
    void aGreetingThatSaysNoIsQuoted(String greeting, boolean passes) throws Exception {
        try (var server = ScriptedSmtpServer.plain(c -> c.send(greeting))) {
            Account account = SmtpAccounts.clear(server.port()).token();
            SmtpException error = catchThrowableOfType(SmtpException.class, () -> connect(account));
            assertThat(error instanceof TransientSmtpException).isEqualTo(passes);
        }
    }

    @ParameterizedTest
    @CsvSource({"https://outlook.office365.com/.default", "https://outlook.office365.com/SMTP.Send"})
    void aScopeThatCoversSendingIsNotBlamed(String scope) throws Exception {
        try (var server = ScriptedSmtpServer.plain(c ->
                c.greet("AUTH XOAUTH2").expect("AUTH .+").send("535 5.7.3 no").untilClosed())) {
            Account account = SmtpAccounts.clear(server.port())
                    .provider("microsoft", scope)
                    .token();
            SmtpException error = catchThrowableOfType(SmtpException.class, () -> connect(account));
            assertThat(error).hasMessageContaining("New-ServicePrincipal").hasMessageNotContaining("reading only");
        }
    }

    private static void connect(Account account) throws Exception {
        connect(account, new ListedTokens("canary-1", "canary-2"));
    }

    private static void connect(Account account, ListedTokens tokens) throws Exception {
        Session session = GuardedTransports.session(
                new Properties(),
                new jakarta.mail.Authenticator() {},
                account,
                account.smtp().orElseThrow(),
                tokens,
                new SettableClock(Instant.EPOCH));
        try (var transport = session.getTransport("smtp")) {
            transport.connect("127.0.0.1", account.smtp().orElseThrow().port(), "joe@example.com", "");
        }
    }
}
