package io.mailroutes.imap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.account.Account;
import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.ScriptedImapServer;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImapHostileGreetingTest {
    private static final String TOKEN = "canary-token-1";
    private static final String GMAIL =
            "eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ==";

    @TempDir
    Path directory;

    @Test
    void aGreetingThatSaysByeIsTransient() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> c.send("* BYE [UNAVAILABLE] come back later"))) {
            assertTransient(Accounts.clear(server.port())).hasMessageContaining("come back later");
        }
    }

    @Test
    void preauthIsRefusedBecauseSomebodyElseChoseTheMailbox() throws Exception {
        try (var server = ScriptedImapServer.plain(
                c -> c.send("* PREAUTH [CAPABILITY IMAP4rev1] hi").untilClosed())) {
            refused(Accounts.clear(server.port()), new ListedTokens(TOKEN), Reason.PROTOCOL);
        }
    }

    @Test
    void aGreetingWithoutEndIsCutOffAt64KiB() throws Exception {
        byte[] block = "x".repeat(8192).getBytes(US_ASCII);
        try (var server = ScriptedImapServer.plain(c -> {
            while (true) {
                c.sendRaw(block);
            }
        })) {
            assertThat(refused(Accounts.clear(server.port()), new ListedTokens(TOKEN), Reason.PROTOCOL))
                    .hasMessageContaining("65536");
        }
    }

    @Test
    void aHugeLiteralBeforeLoginIsRefusedUnread() throws Exception {
        try (var server =
                ScriptedImapServer.plain(c -> c.send("* OK {2147483647}").untilClosed())) {
            refused(Accounts.clear(server.port()), new ListedTokens(TOKEN), Reason.PROTOCOL);
        }
    }

    @Test
    void endlessChallengesAndEndlessCapabilitiesEnd() throws Exception {
        try (var server = ScriptedImapServer.plain(c -> {
            c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2").expect("AUTHENTICATE XOAUTH2 .+");
            while (true) {
                c.send("+ ").expectLine("");
            }
        })) {
            refused(Accounts.clear(server.port()), new ListedTokens(TOKEN), Reason.PROTOCOL);
        }
        try (var server = ScriptedImapServer.plain(c -> {
            c.send("* OK hi").expect("CAPABILITY");
            while (true) {
                c.send("* CAPABILITY IMAP4rev1");
            }
        })) {
            refused(Accounts.clear(server.port()), new ListedTokens(TOKEN), Reason.PROTOCOL);
        }
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
