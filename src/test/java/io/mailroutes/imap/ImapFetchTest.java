package io.mailroutes.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.message.Content;
import io.mailroutes.message.FileContent;
import io.mailroutes.message.MemoryContent;
import io.mailroutes.message.UidSet;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.ScriptedImapConnection;
import io.mailroutes.testing.ScriptedImapServer;
import io.mailroutes.testing.ScriptedImapServer.Transcript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ImapFetchTest {
    private static final UidSet SEVEN = UidSet.range(7, 7);
    private static final byte[] HELLO = "Subject: a\r\n\r\nhello{5}\r\n".getBytes(ISO_8859_1);

    @TempDir
    Path directory;

    @Test
    void mailsOfABatchComeWithOneCommandInAnyItemOrder() throws Exception {
        try (var server = ScriptedImapServer.plain(then(c -> {
            c.expect("UID FETCH 7:9 \\(UID FLAGS INTERNALDATE BODY.PEEK\\[]\\)");
            c.literal(
                    "* 1 FETCH (UID 7 FLAGS (\\Seen $X) INTERNALDATE \" 1-Jan-2024 12:00:00 +0100\" BODY[] ",
                    HELLO,
                    ")");
            c.send("* 12 EXISTS");
            c.literal("* 2 FETCH (BODY[] ", HELLO, " INTERNALDATE \"17-jul-2024 02:44:25 -0700\" FLAGS () UID 9)");
            c.ok("done");
        }))) {
            List<FetchedMail> mails = fetch(server, UidSet.range(7, 9));
            assertThat(mails).extracting(FetchedMail::uid).containsExactly(7L, 9L);
            assertThat(mails.get(0).flags()).isEqualTo(Set.of("\\Seen", "$X"));
            assertThat(mails.get(0).internalDate()).isEqualTo(Instant.parse("2024-01-01T11:00:00Z"));
            assertThat(mails.get(1).internalDate()).isEqualTo(Instant.parse("2024-07-17T09:44:25Z"));
            assertThat(bytes(mails.get(0).content())).isEqualTo(HELLO);
            assertThat(bytes(mails.get(1).content())).isEqualTo(HELLO);
        }
    }

    @Test
    void aMailOfThreeMegabytesGoesToAPrivateFileByteForByte() throws Exception {
        byte[] big = new byte[3 << 20];
        new Random(7).nextBytes(big);
        try (var server = ScriptedImapServer.plain(then(c -> c.expect("UID FETCH .+")
                .literal("* 1 FETCH (UID 7 BODY[] ", big, " FLAGS ())")
                .literal("* 2 FETCH (UID 8 BODY[] ", HELLO, ")")
                .ok("done")))) {
            List<FetchedMail> mails = fetch(server, UidSet.range(7, 8));
            assertThat(mails.get(0).content()).isInstanceOf(FileContent.class);
            assertThat(mails.get(1).content()).isInstanceOf(MemoryContent.class);
            assertThat(bytes(mails.get(0).content())).isEqualTo(big);
            Path file = ((FileContent) mails.get(0).content()).file();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            mails.get(0).content().discard();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void aCutInTheMiddleOfAMailLeavesNoFileAndIsTransient() throws Exception {
        try (var server = ScriptedImapServer.plain(then(c -> {
            c.expect("UID FETCH .+").send("* 1 FETCH (UID 7 BODY[] {3000000}");
            c.sendRaw(new byte[2_000_000]).drop();
        }))) {
            assertThatThrownBy(() -> fetch(server, SEVEN)).isInstanceOf(TransientImapException.class);
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void aMailLongerThanAnnouncedIsNotDeliveredShort() throws Exception {
        try (var server = ScriptedImapServer.plain(then(c -> c.expect("UID FETCH .+")
                .literal("* 1 FETCH (UID 7 BODY[] ", new byte[2 << 20], "and more)")
                .ok("done")))) {
            assertThatThrownBy(() -> fetch(server, SEVEN)).isInstanceOf(TransientImapException.class);
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void twoGigabytesAnnouncedAreRefusedWithoutReadingThemAndTheMailIsNamed() throws Exception {
        try (var server = ScriptedImapServer.plain(then(c -> {
            c.expect("UID FETCH .+").send("* 1 FETCH (UID 7 BODY[] {2147483647}");
            c.untilClosed();
        }))) {
            PermanentImapException error =
                    catchThrowableOfType(PermanentImapException.class, () -> fetch(server, SEVEN));
            assertThat(error.reason()).isEqualTo(Reason.MAIL_TOO_LARGE);
            assertThat(error.uid()).hasValue(7);
            assertThat(error).hasMessageContainingAll("2147483647", "account support");
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void anAbsurdLengthIsRefusedToo() throws Exception {
        try (var server = ScriptedImapServer.plain(then(c -> {
            c.expect("UID FETCH .+").send("* 1 FETCH (BODY[] {99999999999999999999999}");
            c.untilClosed();
        }))) {
            PermanentImapException error =
                    catchThrowableOfType(PermanentImapException.class, () -> fetch(server, SEVEN));
            assertThat(error.reason()).isEqualTo(Reason.MAIL_TOO_LARGE);
            assertThat(error.uid()).isEmpty();
        }
    }

    @Test
    void aHugeLiteralThatIsNoMailIsRefused() throws Exception {
        for (String item : List.of("ENVELOPE (NIL ", "X-ODD ", "BODY[HEADER] ")) {
            try (var server = ScriptedImapServer.plain(then(c -> {
                c.expect("UID FETCH .+").send("* 1 FETCH (UID 7 " + item + "{1900000000}");
                c.untilClosed();
            }))) {
                assertThatThrownBy(() -> fetch(server, SEVEN))
                        .isInstanceOf(PermanentImapException.class)
                        .hasMessageContaining("no mail");
            }
        }
    }

    @Test
    void oddItemsWithNestedListsAndLiteralsAreSkipped() throws Exception {
        byte[] odd = ") BODY[] {3}\r\nxyz UID 99".getBytes(ISO_8859_1);
        try (var server = ScriptedImapServer.plain(then(c -> {
            c.expect("UID FETCH .+");
            c.sendRaw("* 1 FETCH (X-ODD (a (\"b)\\\"\" NIL) ".getBytes(ISO_8859_1));
            c.literal(
                    "",
                    odd,
                    " c) BODY[HEADER.FIELDS (SUBJECT)]<0> \"x\" MODSEQ (12) UID 7 X-GM-MSGID 12 BODY[] \"q\\\"q\")");
            c.ok("done");
        }))) {
            List<FetchedMail> mails = fetch(server, SEVEN);
            assertThat(mails).hasSize(1);
            assertThat(new String(bytes(mails.get(0).content()), ISO_8859_1)).isEqualTo("q\"q");
        }
    }

    @Test
    void listsNestedAHundredThousandDeepDoNotExhaustTheStack() throws Exception {
        String deep = "(".repeat(100_000) + ")".repeat(100_000);
        try (var server = ScriptedImapServer.plain(then(c -> c.expect("UID FETCH .+")
                .literal("* 1 FETCH (X " + deep + " UID 7 BODY[] ", HELLO, ")")
                .ok("done")))) {
            assertThat(fetch(server, SEVEN)).hasSize(1);
        }
    }

    @Test
    void whatWasNotAskedForIsNotHandedOn() throws Exception {
        try (var server = ScriptedImapServer.plain(then(c -> {
            c.expect("UID FETCH .+").send("* 3 FETCH (FLAGS (\\Seen))").send("* 4 FETCH (UID 7 FLAGS ())");
            c.literal("* 5 FETCH (UID 55 BODY[] ", new byte[2 << 20], ")");
            c.send("* 1 FETCH (UID 7 BODY[] NIL)");
            c.literal("* 1 FETCH (UID 7 BODY[] ", HELLO, ")");
            c.literal("* 1 FETCH (UID 7 BODY[] ", HELLO, ")");
            c.no("[EXPUNGEISSUED] some are gone");
        }))) {
            assertThat(fetch(server, SEVEN)).hasSize(1);
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void garbageInsteadOfAFetchLeavesNoFile() throws Exception {
        for (String end :
                List.of(" UID x)", " FLAGS (", " \"open", " BODY[] {}", " INTERNALDATE {999999}", "", ")) x")) {
            try (var server = ScriptedImapServer.plain(then(c -> c.expect("UID FETCH .+")
                    .literal("* 1 FETCH (BODY[] ", new byte[2 << 20], end)
                    .ok("done")))) {
                assertThatThrownBy(() -> fetch(server, SEVEN)).as(end).isInstanceOf(ImapException.class);
                assertThat(files()).as(end).isEmpty();
            }
        }
    }

    @Test
    void aFullDiskIsTransientAndNotTheServersFault() throws Exception {
        try (var server = ScriptedImapServer.plain(then(c -> c.expect("UID FETCH .+")
                .literal("* 1 FETCH (UID 7 BODY[] ", new byte[2 << 20], ")")
                .ok("done")))) {
            ImapConnection connection = open(server, settings(directory.resolve("missing")));
            assertThatThrownBy(() -> connection.fetch(ListedBatches.of(mail -> {}, SEVEN)))
                    .isInstanceOf(TransientImapException.class)
                    .hasMessageContaining("temporary file");
        }
    }

    @Test
    void summariesGiveSizeAndDateAndIgnoreFlagNews() throws Exception {
        try (var server = ScriptedImapServer.plain(then(c -> {
            c.expect("UID FETCH 7:9 \\(UID FLAGS INTERNALDATE RFC822.SIZE\\)");
            c.send("* 1 FETCH (FLAGS (\\Seen) RFC822.SIZE 44 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" UID 7)");
            c.send("* 9 FETCH (UID 8 FLAGS (\\Answered))");
            c.send("* 3 FETCH (UID 9 RFC822.SIZE 4294967296 INTERNALDATE \"nonsense\" FLAGS NIL)");
            c.ok("done");
        }))) {
            List<MailSummary> summaries = open(server, settings(directory)).summaries(UidSet.range(7, 9));
            assertThat(summaries).extracting(MailSummary::uid).containsExactly(7L, 9L);
            assertThat(summaries).extracting(MailSummary::size).containsExactly(44L, 4_294_967_296L);
            assertThat(summaries.get(1).internalDate()).isEqualTo(Instant.EPOCH);
        }
    }

    static Transcript then(Transcript rest) {
        return c -> {
            ScriptedImapConnection connection = c.login("IMAP4rev1");
            rest.play(connection);
        };
    }

    private List<FetchedMail> fetch(ScriptedImapServer server, UidSet uids) {
        List<FetchedMail> mails = new ArrayList<>();
        open(server, settings(directory)).fetch(ListedBatches.of(mails::add, uids));
        return mails;
    }

    static ImapConnection open(ScriptedImapServer server, ImapSettings settings) {
        return ImapConnection.open(Accounts.clear(server.port()), new ListedTokens("token"), settings);
    }

    static ImapSettings settings(Path temporary) {
        return ImapSettings.defaults(temporary);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static byte[] bytes(Content content) {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
