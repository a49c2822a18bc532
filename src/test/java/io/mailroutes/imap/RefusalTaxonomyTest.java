package io.mailroutes.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.account.Account;
import io.mailroutes.account.Security;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.ScriptedImapServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each refusal of a mail server means and what its message advises: one line for each row of the providers' tables.
 * The first four kinds pass by themselves, the others need a person.
 */
class RefusalTaxonomyTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # the server answers                                          | means              | wait    | the message says
            BAD Session invalidated - AccessTokenExpired                  | SESSION_ENDED      | 0       | a new one begins at once
            NO Session invalidated - AccessTokenExpired                   | SESSION_ENDED      | 0       | a new one begins at once
            * BYE Session invalidated - AccessTokenExpired                | SESSION_ENDED      | 0       | a new one begins at once
            * BYE Session expired, please login again.                    | SESSION_ENDED      | 0       | a new one begins at once
            NO [ALERT] Too many simultaneous connections. (Failure)       | BUSY               | 0       | Other programs and devices hold connections
            NO [LIMIT] UID FETCH Rate limit hit.                          | BUSY               | 0       | tried again
            * BYE [LIMIT] UID FETCH Rate limit hit.                       | BUSY               | 0       | tried again
            NO [OVERQUOTA] Account exceeded command or bandwidth limits.  | BUSY               | 0       | can take up to 24 hours
            * BYE [OVERQUOTA] Account exceeded command or bandwidth limits. | BUSY             | 0       | Gmail: 2500 MB
            NO [OVERQUOTA] Quota exceeded (mailbox for user is full)      | BUSY               | 0       | mailbox is full: its owner has to delete mail
            BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds | BUSY        | 92415   | left alone for 93 s
            NO Request is throttled. Suggested Backoff Time: 300000 milliseconds | BUSY        | 300000  | left alone for 300 s
            BAD Request is throttled. Suggested Backoff Time: 99999999 milliseconds | BUSY     | 300000  | left alone for 300 s
            NO [UNAVAILABLE] Temporary System Problem (Failure)           | BUSY               | 0       | tried again
            NO [SERVERBUG] Internal error occurred                        | BUSY               | 0       | tried again
            NO [INUSE] Mailbox is locked                                  | BUSY               | 0       | tried again
            NO Server Unavailable. 15                                     | BUSY               | 0       | the server is busy: Server Unavailable. 15. It
            BAD User is authenticated but not connected.                  | MAILBOX_NOT_OPENED | 0       | check user, the scope, and that IMAP is enabled
            NO User is authenticated but not connected.                   | MAILBOX_NOT_OPENED | 0       | FullAccess
            * BYE Connection closed. 14                                   | CONNECTION         | 0       | the server ended the connection
            NO [NONEXISTENT] Unknown Mailbox: INBOX                       | NO_FOLDER          | 0       | Unknown Mailbox
            BAD Command Error. 12                                         | PROTOCOL           | 0       | Command Error. 12
            """)
    void everyAnswerToACommand(String answer, String means, long wait, String says) throws Exception {
        try (var server = ScriptedImapServer.plain(c -> {
            c.login("IMAP4rev1").expect("SELECT .+");
            if (answer.startsWith("NO ")) {
                c.no(answer.substring(3));
            } else if (answer.startsWith("BAD ")) {
                c.bad(answer.substring(4));
            } else {
                c.send(answer);
            }
        })) {
            ListedTokens tokens = new ListedTokens("canary-token");
            ImapConnection connection = open(Accounts.clear(server.port()), tokens);

            assertMeaning(failure(() -> connection.select("INBOX", false)), means, wait, says);
            assertThat(tokens.rejected()).as("the token is not to blame").isEmpty();
            assertThat(tokens.refusals()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # the server answers AUTHENTICATE                             | means               | wait  | logins | the message says
            NO AUTHENTICATE failed.                                       | CREDENTIALS_REFUSED | 0     | 2      | FullAccess (Add-MailboxPermission)
            NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)       | CREDENTIALS_REFUSED | 0     | 2      | the login of joe@example.com was refused
            NO [ALERT] Web login required: https://support.google.com/    | CREDENTIALS_REFUSED | 0     | 1      | sign in once in a browser
            NO Please log in via your web browser: https://support.google.com/ | CREDENTIALS_REFUSED | 0  | 1      | sign in once in a browser
            NO [AUTHORIZATIONFAILED] not yours                            | CREDENTIALS_REFUSED | 0     | 1      | not yours
            NO [ALERT] Too many simultaneous connections. (Failure)       | BUSY                | 0     | 1      | nothing is wrong with the token
            NO [LIMIT] slow down                                          | BUSY                | 0     | 1      | tried again
            NO [OVERQUOTA] Account exceeded command or bandwidth limits.  | BUSY                | 0     | 1      | can take up to 24 hours
            BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds | BUSY         | 92415 | 1      | left alone for 93 s
            NO [UNAVAILABLE] Temporary System Problem (Failure)           | BUSY                | 0     | 1      | nothing is wrong with the token
            NO [SERVERBUG] oops                                           | BUSY                | 0     | 1      | tried again
            NO [INUSE] locked                                             | BUSY                | 0     | 1      | tried again
            NO Server Unavailable. 15                                     | BUSY                | 0     | 1      | Server Unavailable. 15
            * BYE Session invalidated - AccessTokenExpired                | SESSION_ENDED       | 0     | 1      | a new one begins at once
            * BYE Too many connections                                    | BUSY                | 0     | 1      | Other programs and devices
            """)
    void everyAnswerToALogin(String answer, String means, long wait, int logins, String says) throws Exception {
        try (var server = ScriptedImapServer.plain(c -> {
            c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2").expect("AUTHENTICATE XOAUTH2 .+");
            if (answer.startsWith("NO ")) {
                c.no(answer.substring(3));
            } else if (answer.startsWith("BAD ")) {
                c.bad(answer.substring(4));
            } else {
                c.send(answer);
            }
        })) {
            ListedTokens tokens = new ListedTokens("canary-1", "canary-2", "canary-3");
            Account account = Accounts.at("127.0.0.1", server.port(), Security.NONE, Optional.empty(), "microsoft");

            assertMeaning(failure(() -> open(account, tokens)), means, wait, says);
            assertThat(server.connections()).isEqualTo(logins);
            assertThat(tokens.rejected()).hasSize(logins - 1);
            assertThat(tokens.refusals()).hasSize(means.equals("CREDENTIALS_REFUSED") ? 1 : 0);
        }
    }

    @Test
    void aFirstRefusalCostsOneNewTokenAndNoAlarm() throws Exception {
        try (var server = ScriptedImapServer.plain(
                c -> c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2")
                        .expect("AUTHENTICATE XOAUTH2 .+")
                        .no("AUTHENTICATE failed."),
                c -> c.login("IMAP4rev1"))) {
            ListedTokens tokens = new ListedTokens("stale", "fresh");
            open(Accounts.clear(server.port()), tokens);

            assertThat(tokens.rejected()).isEqualTo(List.of("stale"));
            assertThat(tokens.refusals()).isEmpty();
        }
    }

    private ImapConnection open(Account account, ListedTokens tokens) {
        return ImapConnection.open(account, tokens, ImapSettings.defaults(directory));
    }

    private static ImapException failure(Runnable attempt) {
        return catchThrowableOfType(ImapException.class, attempt::run);
    }

    private static void assertMeaning(ImapException failure, String means, long wait, String says) {
        String meaning = failure instanceof TransientImapException passing
                ? passing.kind().name()
                : ((PermanentImapException) failure).reason().name();
        Duration asked = failure instanceof TransientImapException passing ? passing.retryAfter() : Duration.ZERO;
        assertThat(meaning).as(failure.getMessage()).isEqualTo(means);
        assertThat(asked).isEqualTo(Duration.ofMillis(wait));
        assertThat(failure)
                .hasMessageStartingWith("account support at 127.0.0.1:")
                .hasMessageContaining(says)
                .hasMessageNotContainingAny("canary", "..");
    }
}
