package io.mailroutes.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.message.GmailIds;
import io.mailroutes.message.UidSet;
import io.mailroutes.testing.ScriptedImapConnection;
import io.mailroutes.testing.ScriptedImapServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The items of X-GM-EXT-1. */
@Timeout(30)
class GmailFetchTest {
    private static final byte[] MAIL = "Subject: a\r\n\r\nhello\r\n".getBytes(ISO_8859_1);
    private static final UidSet SEVEN = UidSet.range(7, 7);

    @TempDir
    Path directory;

    @Test
    void idsAndLabelsOfEverySpellingComeWithTheMailInAnyOrder() throws Exception {
        FetchedMail mail =
                fetch("X-GM-LABELS (\\Inbox \"\\\\Important\" plain \"a \\\"b\\\\ c)\" \"Entw&APw-rfe\" {5}\r\n(a\"b{)"
                        + " X-GM-THRID 18446744073709551615 X-GM-MSGID 1278455344230334865");
        GmailIds gmail = mail.gmail().orElseThrow();
        assertThat(gmail.messageIdText()).isEqualTo("1278455344230334865");
        assertThat(gmail.threadIdText()).contains("18446744073709551615");
        assertThat(gmail.labels())
                .containsExactly("\\Inbox", "\\Important", "plain", "a \"b\\ c)", "Entw\u00fcrfe", "(a\"b{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-GM-MSGID NIL",
                "X-GM-MSGID -1",
                "X-GM-MSGID (1 2)",
                "X-GM-MSGID 18446744073709551616",
                "X-GM-MSGID 123456789012345678901",
                "X-GM-MSGID \"12\"",
                "X-GM-MSGID abc X-GM-THRID 7 X-GM-LABELS (a)"
            })
    void aMailWithAnOddIdComesWithoutOne(String items) throws Exception {
        assertThat(fetch(items).gmail()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NIL",
                "()",
                "\"a\"",
                "(())",
                "(\"\" NIL)",
                "((a b) (c))",
                "({0}\r\n)",
            })
    void aMailWithOddLabelsComesWithoutThem(String labels) throws Exception {
        GmailIds gmail = fetch("X-GM-MSGID 5 X-GM-LABELS " + labels).gmail().orElseThrow();
        assertThat(gmail).isEqualTo(new GmailIds(5, OptionalLong.empty(), List.of()));
    }

    @Test
    void hostileLabelsAreCleanedAndBounded() throws Exception {
        assertThat(labels("(\"a\tb\" {6}\r\nc\r\nd\0e \"&\" \"&AA0ACg-x\" \"&IC4-y\" \"&2D0-\")"))
                .containsExactly("a b", "c de", "x", "y", "\ufffd");
        assertThat(labels("(" + String.join(" ", Collections.nCopies(10_000, "x")) + ")"))
                .hasSize(500);
        assertThat(labels("(" + "x".repeat(5_000) + " short)")).containsExactly("short");
        assertThat(labels("(\"" + "x".repeat(1_999) + "\")").get(0)).hasSizeLessThan(1_000);
    }

    @Test
    void aLabelThatLooksLikeTheMailIsNoLabelAndTheMailComes() throws Exception {
        try (var server = server(c -> c.expect("UID FETCH .+")
                .send("* 1 FETCH (UID 7 X-GM-MSGID 5 X-GM-LABELS (BODY[] {3}\r\nabc) FLAGS ())")
                .literal("* 1 FETCH (UID 7 X-GM-MSGID 5 BODY[] ", MAIL, ")")
                .ok("done"))) {
            assertThat(fetch(server)).hasSize(1);
        }
    }

    @Test
    void theIdComesWithTheSummary() throws Exception {
        try (var server = server(c -> c.expect("UID FETCH 7 \\(UID FLAGS INTERNALDATE RFC822.SIZE X-GM-MSGID\\)")
                .send("* 1 FETCH (X-GM-MSGID 18446744073709551615 UID 7 RFC822.SIZE 3)")
                .ok("done"))) {
            ImapConnection connection = open(server);
            assertThat(connection.hasGmailIds()).isTrue();
            assertThat(connection.summaries(SEVEN)).singleElement().satisfies(mail -> assertThat(mail.gmailId())
                    .hasValue(-1));
        }
    }

    @Test
    void aServerWithoutTheExtensionIsNotAsked() throws Exception {
        try (var server = ScriptedImapServer.plain(ImapFetchTest.then(c -> {
            c.expect("UID FETCH 7 \\(UID FLAGS INTERNALDATE RFC822.SIZE\\)").ok("done");
            c.expect("UID FETCH 7 \\(UID FLAGS INTERNALDATE BODY.PEEK\\[]\\)")
                    .literal("* 1 FETCH (UID 7 BODY[] ", MAIL, ")")
                    .ok("done");
        }))) {
            ImapConnection connection = open(server);
            assertThat(connection.hasGmailIds()).isFalse();
            assertThat(connection.summaries(SEVEN)).isEmpty();
            List<FetchedMail> mails = new ArrayList<>();
            connection.fetch(ListedBatches.of(mails::add, SEVEN));
            assertThat(mails.get(0).gmail()).isEqualTo(Optional.empty());
        }
    }

    private List<String> labels(String list) throws Exception {
        return fetch("X-GM-MSGID 5 X-GM-LABELS " + list).gmail().orElseThrow().labels();
    }

    private FetchedMail fetch(String items) throws Exception {
        try (var server = server(c -> c.expect(
                        "UID FETCH 7 \\(UID FLAGS INTERNALDATE X-GM-MSGID X-GM-THRID X-GM-LABELS BODY.PEEK\\[]\\)")
                .literal("* 1 FETCH (" + items + " UID 7 BODY[] ", MAIL, ")")
                .ok("done"))) {
            return fetch(server).get(0);
        }
    }

    private List<FetchedMail> fetch(ScriptedImapServer server) {
        List<FetchedMail> mails = new ArrayList<>();
        open(server).fetch(ListedBatches.of(mails::add, SEVEN));
        return mails;
    }

    private ImapConnection open(ScriptedImapServer server) {
        return ImapFetchTest.open(server, ImapFetchTest.settings(directory));
    }

    private static ScriptedImapServer server(ScriptedImapServer.Transcript rest) throws Exception {
        return ScriptedImapServer.plain(c -> {
            ScriptedImapConnection connection = c.login("IMAP4rev1 X-GM-EXT-1");
            rest.play(connection);
        });
    }
}
