package io.mailroutes.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.message.UidSet;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.ScriptedImapServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** RFC 9738: a server that acts on a part of what it is told, and says OK. */
@Timeout(30)
class MessageLimitTest {
    private static final String LIMITED = "IMAP4rev1 UIDPLUS MOVE MESSAGELIMIT=1000";

    @TempDir
    Path directory;

    @Test
    void aMoveIsFiftyAtATimeAndWhatIsLeftBehindIsToldAgain() throws Exception {
        try (var server = server(LIMITED, c -> {
            c.expect("UID MOVE 1:50 \"Done\"").ok("[MESSAGELIMIT 30 20] moved");
            c.expect("UID SEARCH UID 1:50").send("* SEARCH 3 4 5").ok("done");
            c.expect("UID MOVE 3:5 \"Done\"").ok("moved");
            c.expect("UID SEARCH UID 3:5").send("* SEARCH").ok("done");
            c.expect("UID MOVE 51:60 \"Done\"").ok("moved");
            c.expect("UID SEARCH UID 51:60").send("* SEARCH").ok("done");
        })) {
            open(server).move(UidSet.range(1, 60), "Done");
        }
    }

    @Test
    void aMoveThatNeverEndsIsGivenUpAndTriedOnAnotherConnection() throws Exception {
        try (var server = server(LIMITED, c -> {
            for (int i = 0; i < 5; i++) {
                c.expect("UID MOVE 7 \"Done\"").ok("moved");
                c.expect("UID SEARCH UID 7").send("* SEARCH 7").ok("done");
            }
        })) {
            ImapConnection connection = open(server);
            assertThatThrownBy(() -> connection.move(UidSet.range(7, 7), "Done"))
                    .isInstanceOf(TransientImapException.class)
                    .hasMessageContaining("leaves mails behind, with UID 7");
        }
    }

    @Test
    void aFlagThatWasSetOnAPartIsSetOnTheRest() throws Exception {
        try (var server = server(LIMITED, c -> {
            c.expect("UID STORE 1:9 .+").ok("[MESSAGELIMIT 5 5] done");
            c.expect("UID SEARCH UID 1:9 UNSEEN").send("* SEARCH 1 2").ok("done");
            c.expect("UID STORE 1:2 .+").ok("done");
        })) {
            open(server).addFlag(UidSet.range(1, 9), "\\Seen");
            assertThat(server.received()).hasSize(4);
        }
    }

    @Test
    void aCopyOfAPartIsMadeOfEachAloneBeforeAnythingIsDeleted() throws Exception {
        try (var server = server("IMAP4rev1 UIDPLUS MESSAGELIMIT=1000", c -> {
            c.expect("UID COPY 1:2 \"Done\"").ok("[MESSAGELIMIT 1 2] copied");
            c.expect("UID COPY 1 \"Done\"").ok("copied");
            c.expect("UID COPY 2 \"Done\"").ok("copied");
            c.expect("UID STORE 1:2 .+Deleted.+").ok("done");
            c.expect("UID EXPUNGE 1:2").ok("done");
            c.expect("UID SEARCH UID 1:2").send("* SEARCH").ok("done");
        })) {
            open(server).move(UidSet.range(1, 2), "Done");
        }
    }

    @Test
    void aServerWithoutALimitIsToldAllAtOnceAndAskedNothing() throws Exception {
        try (var server = server(
                "IMAP4rev1 MOVE", c -> c.expect("UID MOVE 1:5000 \"Done\"").ok("moved"))) {
            open(server).move(UidSet.range(1, 5000), "Done");
        }
    }

    private static ScriptedImapServer server(String capabilities, ScriptedImapServer.Transcript rest) {
        return ScriptedImapServer.plain(c -> {
            c.login(capabilities);
            rest.play(c);
            c.untilClosed();
        });
    }

    private ImapConnection open(ScriptedImapServer server) {
        return ImapConnection.open(
                Accounts.clear(server.port()), new ListedTokens("token"), ImapSettings.defaults(directory));
    }
}
