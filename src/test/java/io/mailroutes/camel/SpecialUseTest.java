package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.message.Mail;
import io.mailroutes.testing.Await;
import io.mailroutes.testing.ScriptedImapConnection;
import io.mailroutes.testing.ScriptedImapServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders by what they are for, as Gmail in German lists them. */
@Timeout(60)
class SpecialUseTest {
    private static final String ALL_MAIL = "[Gmail]/Alle Nachrichten";

    @TempDir
    Path data;

    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final ScriptedFolder folder = new ScriptedFolder("a").odd(this::list);

    private boolean list(ScriptedImapConnection connection, String command) throws IOException {
        commands.add(command);
        if (!command.startsWith("LIST")) {
            return false;
        }
        connection.send("* LIST (\\HasChildren \\Noselect) \"/\" \"[Gmail]\"");
        connection.send("* LIST (\\HasNoChildren \\All) \"/\" \"" + ALL_MAIL + "\"");
        connection.send("* LIST (\\HasNoChildren \\Trash) \"/\" \"[Gmail]/Papierkorb\"");
        connection.send("* LIST (\\HasNoChildren \\Sent) \"/\" \"Gesendet\"");
        connection.send("* LIST (\\HasNoChildren \\Sent) \"/\" {7}\r\nEntw&AP");
        connection.ok("done");
        return true;
    }

    @Test
    void theFolderIsReadAndItsMailsNamedByItsOwnName() throws Exception {
        once("mailbox:box?folderName=special-use:all&onDelivered=move:special-use:Trash", LoopResult.DONE);
        assertThat(commands).contains("SELECT \"" + ALL_MAIL + "\"", "UID COPY 1 \"[Gmail]/Papierkorb\"");
        assertThat(keys).containsExactly("box/%5BGmail%5D%2FAlle%20Nachrichten/1/1");
        assertThat(commands).filteredOn(command -> command.startsWith("LIST")).hasSize(2);
    }

    @Test
    void aUseThatNoFolderHasIsAnErrorOfTheConfiguration() throws Exception {
        assertThat(once("mailbox:box?folderName=special-use:Junk", LoopResult.CONFIGURATION)
                        .reason())
                .contains("special-use:Junk", "no folder", "Use the folder's own name");
    }

    @Test
    void aUseThatSeveralFoldersHaveIsAnErrorThatNamesThem() throws Exception {
        assertThat(once("mailbox:box?folderName=special-use:Sent", LoopResult.CONFIGURATION)
                        .reason())
                .contains("several: Gesendet, Entw");
    }

    @Test
    void mailIsNotMovedIntoTheFolderThatIsRead() throws Exception {
        assertThat(once(
                                "mailbox:box?folderName=" + "[Gmail]/Papierkorb&onDelivered=move:special-use:Trash",
                                LoopResult.CONFIGURATION)
                        .reason())
                .contains("is the folder [Gmail]/Papierkorb that is read");
        assertThat(keys).isEmpty();
    }

    @Test
    void aFolderHasOneConsumerByWhateverNames() throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = new MailboxHost(server.port(), data, RunMode.CONTINUOUS)) {
            host.start(builder -> {
                builder.from("mailbox:box?folderName=" + ALL_MAIL)
                        .routeId("one")
                        .to("mock:x");
                builder.from("mailbox:box?folderName=special-use:All")
                        .routeId("two")
                        .to("mock:x");
            });
            Await.until("a refusal", () -> host.installation().watched().stream()
                    .map(watched -> watched.status().snapshot())
                    .anyMatch(status -> status.state() == MailboxState.BROKEN
                            && status.reason().contains("one and two")));
        }
    }

    private MailboxStatus.Snapshot once(String uri, LoopResult expected) throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = new MailboxHost(server.port(), data, RunMode.ONCE)) {
            host.start(builder -> builder.from(uri)
                    .process(exchange -> keys.add(
                            exchange.getMessage().getBody(Mail.class).key().text())));
            assertThat(host.result()).isEqualTo(expected);
            return host.status();
        }
    }
}
