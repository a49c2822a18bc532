package io.mailroutes.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.message.UidSet;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.ScriptedImapConnection;
import io.mailroutes.testing.ScriptedImapServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PartialFetchTest {
    @TempDir
    Path directory;

    private interface Script {
        void play(ScriptedImapConnection connection) throws Exception;
    }

    private interface Work {
        void run(ImapConnection connection) throws Exception;
    }

    private void on(Script script, Work work) throws Exception {
        try (var server = ScriptedImapServer.plain(c -> {
                    c.login("IMAP4rev1");
                    script.play(c);
                    c.untilClosed();
                });
                var connection = ImapConnection.open(
                        Accounts.clear(server.port()),
                        new ListedTokens("t"),
                        ImapSettings.defaults(directory).withMaximumSize(500))) {
            work.run(connection);
        }
    }

    @Test
    void onlyAMailThatHasTheByteAfterTheLimitIsLarger() throws Exception {
        on(
                c -> {
                    c.expect("UID FETCH 1:7 \\(UID BODY.PEEK\\[]<500.1>\\)");
                    c.send("* 1 FETCH (UID 1 BODY[]<500> \"\")").send("* 2 FETCH (UID 2 BODY[]<500> NIL)");
                    c.literal("* 3 FETCH (UID 3 BODY[]<500> ", new byte[0], ")");
                    c.literal("* 4 FETCH (UID 4 BODY[]<500> ", new byte[] {'}'}, ")");
                    c.send("* 5 FETCH (BODY[]<500> \"x\" UID 5)").send("* 6 FETCH (UID 6 FLAGS (\\Seen))");
                    c.send("* 9 FETCH (UID 9 BODY[]<500> \"x\")").ok("done");
                },
                connection -> assertThat(connection.largerThan(500, UidSet.range(1, 7)))
                        .isEqualTo(UidSet.range(4, 5)));
    }

    @Test
    void aServerThatSendsTheWholeMailInsteadIsNotReadToItsEnd() throws Exception {
        on(c -> c.expect("UID FETCH .+").send("* 1 FETCH (UID 1 BODY[] {1900000000}"), connection -> assertThatThrownBy(
                        () -> connection.largerThan(500, UidSet.range(1, 1)))
                .isInstanceOf(PermanentImapException.class)
                .hasMessageContaining("looking at large mails"));
    }

    @Test
    void theHeaderIsThatOfTheMailThatWasAskedFor() throws Exception {
        byte[] header = "Subject: a\r\n\r\n".getBytes(ISO_8859_1);
        on(
                c -> {
                    c.expect("UID FETCH 7 \\(UID FLAGS INTERNALDATE BODY.PEEK\\[HEADER]<0.1000>\\)");
                    c.literal("* 2 FETCH (UID 8 BODY[HEADER]<0> ", new byte[5], ")");
                    c.literal("* 1 FETCH (UID 7 FLAGS (\\Seen) BODY[HEADER]<0> ", header, ")");
                    c.ok("done");
                },
                connection -> {
                    FetchedMail mail = connection.header(7, 1000).orElseThrow();
                    assertThat(mail.content().open().readAllBytes()).isEqualTo(header);
                    assertThat(mail.flags()).containsExactly("\\Seen");
                });
    }

    @Test
    void aMailThatIsGoneHasNoHeader() throws Exception {
        on(c -> c.expect("UID FETCH 7 .+").ok("done"), connection -> assertThat(connection.header(7, 1000))
                .isEmpty());
    }

    @Test
    void aTextThatLooksLikeARangeHidesNoMail() throws Exception {
        on(c -> c.expect("UID SEARCH .+").send("* SEARCH 2 9").ok("done"), connection -> assertThat(
                        connection.search("SUBJECT \"re: UID 5:* is\""))
                .isEqualTo(UidSet.range(2, 2).plus(UidSet.range(9, 9))));
    }
}
