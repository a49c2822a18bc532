package io.mailroutes.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.message.UidSet;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.ScriptedImapServer;
import io.mailroutes.testing.ScriptedImapServer.Transcript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ImapCommandsTest {
    @TempDir
    Path directory;

    @Test
    void aFolderIsSelectedOrExamined() throws Exception {
        try (var server = server("", c -> c.select(17, 44, 3).select(17, 44, 4))) {
            ImapConnection connection = open(server);
            assertThat(connection.select("INBOX", false)).isEqualTo(new SelectedFolder("INBOX", 17, 44, 3, false));
            assertThat(connection.select("INBOX", true)).isEqualTo(new SelectedFolder("INBOX", 17, 44, 4, true));
            assertThat(server.received().get(2)).endsWith("EXAMINE \"INBOX\"");
        }
    }

    @Test
    void aFolderNameTravelsInModifiedUtf7AndQuoted() throws Exception {
        try (var server = server("", c -> c.expect("SELECT \"Entw&APw-rfe &- \\\\\"A\\\\\\\\B\\\\\"\"")
                .no("[NONEXISTENT] none"))) {
            PermanentImapException error = catchThrowableOfType(
                    PermanentImapException.class, () -> open(server).select("Entwürfe & \"A\\B\"", false));
            assertThat(error.reason()).isEqualTo(Reason.NO_FOLDER);
        }
    }

    @Test
    void aFolderNameCannotCarryACommand() throws Exception {
        try (var server = server("MOVE", c -> c.untilClosed())) {
            ImapConnection connection = open(server);
            for (String name : List.of("INBOX\r\nX DELETE INBOX", "a\nb", "a\0b", "")) {
                assertThatThrownBy(() -> connection.select(name, true)).isInstanceOf(PermanentImapException.class);
                assertThatThrownBy(() -> connection.move(UidSet.range(1, 1), name))
                        .isInstanceOf(PermanentImapException.class);
            }
            assertThat(server.received()).hasSize(1);
        }
    }

    @Test
    void aFlagAndCriteriaCannotCarryACommand() throws Exception {
        try (var server = server("", c -> c.untilClosed())) {
            ImapConnection connection = open(server);
            assertThatThrownBy(() -> connection.addFlag(UidSet.range(1, 1), "\\Seen) X"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> connection.search("ALL\r\nX LOGOUT")).isInstanceOf(PermanentImapException.class);
            assertThatThrownBy(() -> connection.search("SUBJECT ü")).isInstanceOf(PermanentImapException.class);
        }
    }

    @Test
    void aFolderWithoutUidvalidityIsRefused() throws Exception {
        try (var server =
                server("", c -> c.expect("SELECT .+").send("* 3 EXISTS").ok("done"))) {
            assertThatThrownBy(() -> open(server).select("INBOX", false))
                    .isInstanceOf(PermanentImapException.class)
                    .hasMessageContaining("UIDVALIDITY");
        }
    }

    @Test
    void searchAnswersAreAddedUpAndSorted() throws Exception {
        try (var server = server("", c -> c.expect("UID SEARCH UNSEEN")
                .send("* SEARCH 5 3 4")
                .send("* 9 EXISTS")
                .send("* SEARCH 9 4294967295 9")
                .send("* SEARCH")
                .ok("done"))) {
            assertThat(open(server).search("UNSEEN").toCommand()).isEqualTo("3:5,9,4294967295");
        }
    }

    @Test
    void theLastMailIsNotNewJustBecauseTheServerReturnsIt() throws Exception {
        try (var server = server("", c -> {
            c.expect("UID SEARCH UID 44:\\*").send("* SEARCH 43").ok("done");
            c.expect("UID SEARCH UNSEEN UID 44:\\*").send("* SEARCH 43 45").ok("done");
        })) {
            ImapConnection connection = open(server);
            assertThat(connection.search("UID 44:*").isEmpty()).isTrue();
            assertThat(connection.search("UNSEEN UID 44:*").toCommand()).isEqualTo("45");
        }
    }

    @Test
    void aNumberThatIsNoUidIsAProtocolError() throws Exception {
        for (String number : List.of("0", "4294967296", "99999999999")) {
            try (var server = server(
                    "",
                    c -> c.expect("UID SEARCH ALL").send("* SEARCH " + number).ok("done"))) {
                assertThatThrownBy(() -> open(server).search("ALL")).isInstanceOf(PermanentImapException.class);
            }
        }
    }

    @Test
    void unendingNewsIsCutOff() throws Exception {
        byte[] news = "* 1 EXISTS\r\n".repeat(5000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try (var server = server("", c -> {
            c.expect("NOOP");
            while (true) {
                c.sendRaw(news);
            }
        })) {
            assertThatThrownBy(() -> open(server).noop()).isInstanceOf(PermanentImapException.class);
        }
    }

    @Test
    void moveIsOneCommandWhereTheServerKnowsIt() throws Exception {
        try (var server = server(
                "MOVE UIDPLUS", c -> c.expect("UID MOVE 1:3,7 \"Processed\"").ok("done"))) {
            open(server).move(UidSet.range(1, 3).plus(UidSet.range(7, 7)), "Processed");
        }
    }

    @Test
    void withoutMoveTheMailsAreCopiedAndOnlyTheyAreExpunged() throws Exception {
        try (var server = server("UIDPLUS", c -> {
            c.expect("UID COPY 7 \"Processed\"").ok("copied");
            c.expect("UID STORE 7 \\+FLAGS.SILENT \\(\\\\Deleted\\)").ok("stored");
            c.expect("UID EXPUNGE 7").ok("gone");
        })) {
            open(server).move(UidSet.range(7, 7), "Processed");
        }
    }

    @Test
    void withoutUidplusNothingIsEverExpunged() throws Exception {
        try (var server = server("", c -> {
            c.expect("UID STORE 7 .+").ok("stored");
            c.untilClosed();
        })) {
            ImapConnection connection = open(server);
            connection.delete(UidSet.range(7, 7));
            connection.close();
            server.awaitEnd();
            assertThat(server.received()).noneMatch(line -> line.contains("EXPUNGE"));
        }
    }

    @Test
    void aMissingTargetIsCreatedWhenTheServerSaysTryCreateAndOnlyOnce() throws Exception {
        try (var server = server("MOVE", c -> {
            c.expect("UID MOVE 7 \"Done\"").no("[TRYCREATE] no such mailbox");
            c.expect("CREATE \"Done\"").ok("created");
            c.expect("SUBSCRIBE \"Done\"").no("not supported");
            c.expect("UID MOVE 7 \"Done\"").no("[TRYCREATE] still none");
        })) {
            PermanentImapException error = catchThrowableOfType(
                    PermanentImapException.class, () -> open(server).move(UidSet.range(7, 7), "Done"));
            assertThat(error.reason()).isEqualTo(Reason.NO_FOLDER);
            assertThat(error).hasMessageContaining("Done");
        }
    }

    @Test
    void noCommandLineIsLongerThanServersTake() throws Exception {
        UidSet scattered = UidSet.of(
                LongStream.range(0, 2000).mapToObj(i -> 4_000_000_000L + 2 * i).toList());
        try (var server = server("", c -> {
            while (true) {
                c.expect("UID STORE .+ \\+FLAGS.SILENT \\(\\\\Seen\\)").ok("done");
            }
        })) {
            open(server).addFlag(scattered, "\\Seen");
            List<String> stores = server.received().subList(1, server.received().size());
            assertThat(stores).hasSizeGreaterThan(2).allMatch(line -> line.length() < 8000);
            assertThat(stores.stream()
                            .mapToInt(line -> line.split(" ")[3].split(",").length)
                            .sum())
                    .isEqualTo(2000);
        }
    }

    @Test
    void anEmptySetSendsNothing() throws Exception {
        try (var server = server("MOVE UIDPLUS", c -> c.untilClosed())) {
            ImapConnection connection = open(server);
            connection.addFlag(UidSet.EMPTY, "\\Seen");
            connection.move(UidSet.EMPTY, "X");
            connection.delete(UidSet.EMPTY);
            connection.fetch(ListedBatches.of(mail -> {}, UidSet.EMPTY));
            assertThat(connection.summaries(UidSet.EMPTY)).isEmpty();
            assertThat(server.received()).hasSize(1);
        }
    }

    @Test
    void throttlingIsTransientWhateverTheAnswerIsCalled() throws Exception {
        try (var server = server("", c -> c.expect("NOOP")
                .bad("Request is throttled. Suggested Backoff Time: 1500 milliseconds")
                .untilClosed())) {
            ImapConnection connection = open(server);
            TransientImapException error = catchThrowableOfType(TransientImapException.class, connection::noop);
            assertThat(error.retryAfter()).isEqualTo(Duration.ofMillis(1500));
            assertThatThrownBy(connection::noop).isInstanceOf(TransientImapException.class);
        }
    }

    @Test
    void aPlainBadIsAProtocolErrorAndTheConnectionGoesOn() throws Exception {
        try (var server =
                server("", c -> c.expect("NOOP").bad("what?").expect("NOOP").ok("done"))) {
            ImapConnection connection = open(server);
            assertThat(catchThrowableOfType(PermanentImapException.class, connection::noop)
                            .reason())
                    .isEqualTo(Reason.PROTOCOL);
            connection.noop();
        }
    }

    @Test
    void anUnexpectedContinuationEndsTheConnection() throws Exception {
        try (var server = server(
                "", c -> c.expect("UID SEARCH SUBJECT \\{5}").send("+ go on").untilClosed())) {
            assertThatThrownBy(() -> open(server).search("SUBJECT {5}")).isInstanceOf(PermanentImapException.class);
        }
    }

    @Test
    void closeSaysLogout() throws Exception {
        try (var server = server("", c -> c.untilClosed())) {
            open(server).close();
            server.awaitEnd();
            assertThat(server.received().get(1)).endsWith("LOGOUT");
        }
    }

    private static ScriptedImapServer server(String capabilities, Transcript rest) {
        return ScriptedImapServer.plain(c -> {
            c.login("IMAP4rev1 " + capabilities);
            rest.play(c);
        });
    }

    private ImapConnection open(ScriptedImapServer server) {
        return ImapConnection.open(
                Accounts.clear(server.port()), new ListedTokens("token"), ImapSettings.defaults(directory));
    }
}
