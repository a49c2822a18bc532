package io.mailroutes.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.message.UidSet;
import io.mailroutes.testing.ScriptedImapConnection;
import io.mailroutes.testing.ScriptedImapServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FetchPipelineTest {
    private static final byte[] MAIL = "Subject: a\r\n\r\nhello\r\n".getBytes(ISO_8859_1);
    private static final UidSet ONE = UidSet.range(1, 1);
    private static final UidSet TWO = UidSet.range(2, 2);
    private static final UidSet THREE = UidSet.range(3, 3);

    @TempDir
    Path directory;

    private final List<Long> taken = new ArrayList<>();

    private final ListedBatches plan = ListedBatches.of(mail -> taken.add(mail.uid()), ONE, TWO, THREE);

    @Test
    void theNextBatchIsAskedForBeforeThisOneHasCome() throws Exception {
        try (var server = ScriptedImapServer.plain(ImapFetchTest.then(c -> {
            String first = tag(c, "UID FETCH 1 .+");
            String second = tag(c, "UID FETCH 2 .+");
            send(c, 1, first);
            String third = tag(c, "UID FETCH 3 .+");
            send(c, 2, second);
            send(c, 3, third);
        }))) {
            open(server).fetch(plan);
        }
        assertThat(taken).containsExactly(1L, 2L, 3L);
        assertThat(plan.done()).containsExactly(ONE, TWO, THREE);
    }

    @Test
    void aBatchThatIsRefusedIsNotDoneAndEndsAll() throws Exception {
        try (var server = ScriptedImapServer.plain(ImapFetchTest.then(c -> {
            String first = tag(c, "UID FETCH 1 .+");
            String second = tag(c, "UID FETCH 2 .+");
            send(c, 1, first);
            tag(c, "UID FETCH 3 .+");
            c.send(second + " NO [SERVERBUG] oops");
            c.untilClosed();
        }))) {
            ImapConnection connection = open(server);
            assertThatThrownBy(() -> connection.fetch(plan)).isInstanceOf(ImapException.class);
            assertThatThrownBy(connection::noop).isInstanceOf(TransientImapException.class);
        }
        assertThat(plan.done()).containsExactly(ONE);
    }

    @Test
    void anAnswerToTheWrongCommandEndsAll() throws Exception {
        try (var server = ScriptedImapServer.plain(ImapFetchTest.then(c -> {
            tag(c, "UID FETCH 1 .+");
            String second = tag(c, "UID FETCH 2 .+");
            send(c, 2, second);
            c.untilClosed();
        }))) {
            assertThatThrownBy(() -> open(server).fetch(plan)).isInstanceOf(ImapException.class);
        }
        assertThat(plan.done()).isEmpty();
    }

    @Test
    void aBatchWithTooManyUidsForALineIsSeveralCommandsAndDoneOnce() throws Exception {
        UidSet many = UidSet.of(
                LongStream.rangeClosed(1, 2000).map(n -> 2 * n).boxed().toList());
        ListedBatches scattered = ListedBatches.of(mail -> taken.add(mail.uid()), many);
        try (var server = ScriptedImapServer.plain(ImapFetchTest.then(c -> {
            String first = tag(c, "UID FETCH 2,4,.+");
            String second = tag(c, "UID FETCH .+,4000 .+");
            c.send(first + " OK done");
            c.send(second + " OK done");
        }))) {
            open(server).fetch(scattered);
        }
        assertThat(scattered.done()).containsExactly(many);
    }

    private static String tag(ScriptedImapConnection c, String command) throws Exception {
        c.expect(command);
        return c.tag();
    }

    private static void send(ScriptedImapConnection c, int uid, String tag) throws Exception {
        c.literal("* " + uid + " FETCH (UID " + uid + " FLAGS () BODY[] ", MAIL, ")");
        c.send(tag + " OK done");
    }

    private ImapConnection open(ScriptedImapServer server) {
        return ImapFetchTest.open(server, ImapFetchTest.settings(directory));
    }
}
