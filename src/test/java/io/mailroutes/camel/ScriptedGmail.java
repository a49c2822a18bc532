package io.mailroutes.camel;

import io.mailroutes.testing.ScriptedImapConnection;
import io.mailroutes.testing.ScriptedImapServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An account with several folders; mails of the same subject have the same X-GM-MSGID in all of them. */
final class ScriptedGmail implements ScriptedImapServer.Transcript {
    private final String extension;
    private final Map<String, ScriptedFolder> folders = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    /** @param extension advertised beside IMAP4rev1 and UIDPLUS */
    ScriptedGmail(String extension) {
        this.extension = extension;
    }

    ScriptedFolder folder(String name, String... subjects) {
        ScriptedFolder folder = new ScriptedFolder(subjects);
        folders.put(name, folder);
        return folder;
    }

    /** All commands but those before SELECT, with the folder's name in front. */
    List<String> commands() {
        return List.copyOf(commands);
    }

    /** For how many mails the content was asked. */
    long bodies() {
        return commands.stream()
                .filter(command -> command.contains("BODY.PEEK[]"))
                .mapToLong(command -> ScriptedFolder.in(command.replaceFirst("^\\w+ ", ""), 1)
                        ? ScriptedFolder.in(command.replaceFirst("^\\w+ ", ""), 2) ? 2 : 1
                        : 1)
                .sum();
    }

    @Override
    public void play(ScriptedImapConnection connection) throws Exception {
        connection.login("IMAP4rev1 UIDPLUS " + extension);
        String selected = "";
        while (true) {
            connection.expect(".+");
            String command = connection.line();
            if (command.startsWith("SELECT")) {
                selected = command.replaceAll("SELECT \"(.*)\"", "$1");
            }
            if (command.startsWith("LIST")) {
                connection.send("* LIST (\\All) \"/\" \"Alle\"");
                connection.ok("done");
            } else if (selected.isEmpty()) {
                connection.ok("done");
            } else {
                commands.add(selected + " " + command);
                folders.get(selected).answer(connection, command);
            }
        }
    }
}
