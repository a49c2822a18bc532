package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.ScriptedImapServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** New mail is delivered when the server tells of it, whatever the server makes of telling; the poll is an hour away. */
@Timeout(60)
class PushTest extends PushRoutes {
    @Test
    void aMailThatTheServerTellsOfWhileItIdlesIsDeliveredAtOnce() throws Exception {
        ScriptedFolder folder = new ScriptedFolder("old").offering(IDLES);
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = started(server, Rhythm.STANDARD)) {
            awaitMails(host, "old");
            awaitCommand(server, "IDLE");
            folder.arrive("new");
            awaitMails(host, "old", "new");
        }
    }

    @Test
    void aMailThatIsToldOfInTheMiddleOfOtherAnswersIsDeliveredAtOnce() throws Exception {
        for (String command : List.of("UID STORE", "UID FETCH", "UID SEARCH UID")) {
            arrived.clear();
            ScriptedFolder folder = new ScriptedFolder("old").offering(IDLES);
            folder.odd(arrivingDuring(folder, command));
            try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                    MailboxHost host = started(server, Rhythm.STANDARD)) {
                awaitMails(host, "old", "new");
            }
            data = data.resolve("next");
        }
    }

    private static ScriptedFolder.Odd arrivingDuring(ScriptedFolder folder, String command) {
        AtomicBoolean came = new AtomicBoolean();
        return (c, line) -> {
            if (line.startsWith(command) && !came.getAndSet(true)) {
                folder.arrive("new"); // told with the answer to this
            }
            return false;
        };
    }

    @Test
    void aServerWithoutIdleIsAskedAtEachProofOfLife() throws Exception {
        ScriptedFolder folder = new ScriptedFolder("old");
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = started(server, FAST)) {
            awaitMails(host, "old");
            folder.arrive("new");
            awaitMails(host, "old", "new");
            assertThat(server.received()).noneMatch(line -> line.endsWith(" IDLE"));
        }
    }

    @Test
    void anIdleThatIsRefusedIsNotAskedForAgain() throws Exception {
        ScriptedFolder folder = new ScriptedFolder("old").offering(IDLES).odd((c, line) -> {
            if (line.equals("IDLE")) {
                c.bad("[CLIENTBUG] Unrecognised command");
                return true;
            }
            return false;
        });
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = started(server, FAST)) {
            awaitMails(host, "old");
            awaitCommand(server, "NOOP");
            awaitCommand(server, "IDLE");
            folder.arrive("new");
            awaitMails(host, "old", "new");
            assertThat(count(server, "IDLE")).isEqualTo(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void anIdleThatTellsNothingIsMadeUpForByThePoll() throws Exception {
        ScriptedFolder folder = new ScriptedFolder("old").offering(IDLES);
        folder.tellNothing();
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = started(server, FAST, "mailbox:box?delay=200")) {
            awaitMails(host, "old");
            folder.arrive("new");
            awaitMails(host, "old", "new");
        }
    }

    @Test
    void aServerThatRepeatsItsCountWithEveryAnswerIsNotAskedForMailAgainAndAgain() throws Exception {
        ScriptedFolder folder = new ScriptedFolder("old").offering(IDLES);
        folder.odd((c, line) -> {
            if (line.equals("IDLE")) { // a mail was delivered meanwhile: nothing else is news
                c.send("* 1 EXISTS").send("+ idling").send("* 1 EXISTS").send("* OK Still here");
                c.expectLine("DONE").send("* 1 EXISTS").ok("done");
                return true;
            }
            if (!line.startsWith("SELECT")) {
                c.send("* 1 EXISTS");
            }
            return false;
        });
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = started(server, FAST)) {
            Await.until("ten idles", () -> count(server, "IDLE") >= 10);
            assertThat(count(server, "UID SEARCH")).isLessThanOrEqualTo(3);
            assertThat(host.status().state()).isEqualTo(MailboxState.LIVE);
        }
    }

    @Test
    void eachOfSeveralFoldersIsPushed() throws Exception {
        Map<String, ScriptedFolder> folders =
                Map.of("\"A\"", new ScriptedFolder().offering(IDLES), "\"B\"", new ScriptedFolder().offering(IDLES));
        Map<Integer, ScriptedFolder> chosen = new ConcurrentHashMap<>();
        try (ScriptedImapServer server = ScriptedImapServer.plain(c -> {
                    c.login(IDLES);
                    while (true) {
                        c.expect(".+");
                        folders.forEach((name, folder) -> {
                            if (c.line().startsWith("SELECT " + name)) {
                                chosen.put(c.number(), folder);
                            }
                        });
                        chosen.getOrDefault(c.number(), new ScriptedFolder()).handle(c, c.line());
                    }
                });
                MailboxHost host = started(server, Rhythm.STANDARD, HOURLY + "&folderName=A|B")) {
            Await.until("both idle", () -> count(server, "IDLE") == 2);
            for (ScriptedFolder folder : folders.values()) {
                folder.arrive("new");
            }
            awaitMails(host, "new", "new");
        }
    }
}
