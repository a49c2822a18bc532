package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.ImapSettings;
import io.mailroutes.message.UidSet;
import io.mailroutes.testing.ScriptedImapServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class BatchesTest {
    private static final UidSet ALL = UidSet.range(1, 5);
    private static final long SIZE = MailboxHost.mail("a").length;

    @TempDir
    Path directory;

    @Test
    void mailsGoTogetherUpToTheLimit() throws Exception {
        assertThat(cut(ALL, 2 * SIZE, UidSet.EMPTY))
                .containsExactly(UidSet.range(1, 2), UidSet.range(3, 4), UidSet.range(5, 5));
        assertThat(cut(ALL, 100 * SIZE, UidSet.EMPTY)).containsExactly(ALL);
    }

    @Test
    void aMailAboveTheLimitIsFetchedAllTheSame() throws Exception {
        assertThat(cut(UidSet.range(1, 2), 1, UidSet.EMPTY)).containsExactly(UidSet.range(1, 1), UidSet.range(2, 2));
    }

    @Test
    void aMailInTroubleComesAloneAndAfterTheOthersWithoutBeingAskedAbout() throws Exception {
        assertThat(cut(ALL, 100 * SIZE, UidSet.of(List.of(1L, 3L, 9L))))
                .containsExactly(UidSet.of(List.of(2L, 4L, 5L)), UidSet.range(1, 1), UidSet.range(3, 3));
    }

    @Test
    void aMailThatIsGoneMeanwhileIsInNoBatch() throws Exception {
        assertThat(cut(UidSet.range(4, 8), 100 * SIZE, UidSet.EMPTY)).containsExactly(UidSet.range(4, 5));
        assertThat(cut(UidSet.EMPTY, SIZE, UidSet.EMPTY)).isEmpty();
    }

    /** Of five mails of the same size; asking about one in trouble breaks the connection. */
    private List<UidSet> cut(UidSet uids, long mostBytes, UidSet alone) throws Exception {
        ScriptedFolder folder = new ScriptedFolder("a", "b", "c", "d", "e").odd((c, command) -> {
            boolean breaks =
                    command.contains("RFC822.SIZE") && alone.stream().anyMatch(uid -> ScriptedFolder.in(command, uid));
            if (breaks) {
                c.drop();
            }
            return breaks;
        });
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                ImapConnection connection = ImapConnection.open(
                        TestAccounts.clear(server.port()), new FixedToken(), ImapSettings.defaults(directory))) {
            connection.select("INBOX", true);
            return Batches.cut(connection, uids, mostBytes, alone);
        }
    }
}
