package io.mailroutes.camel;

import io.mailroutes.testing.ScriptedImapConnection;
import io.mailroutes.testing.ScriptedImapServer;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One folder that answers as a plain server does, but for what a test makes {@link #odd}. */
final class ScriptedFolder implements ScriptedImapServer.Transcript {
    private static final Pattern RANGE = Pattern.compile("(\\d+)(?::(\\d+))?");

    /** Answers a command in its own way. */
    interface Odd {
        /** Returns whether it has answered. */
        boolean answer(ScriptedImapConnection connection, String command) throws IOException;
    }

    private final Map<Long, String> subjects = new TreeMap<>();
    private final Set<Long> seen = ConcurrentHashMap.newKeySet();
    private volatile long uidValidity = 1;
    private volatile Odd odd = (connection, command) -> false;

    ScriptedFolder(String... mails) {
        for (String subject : mails) {
            subjects.put(subjects.size() + 1L, subject);
        }
    }

    ScriptedFolder odd(Odd way) {
        this.odd = way;
        return this;
    }

    void renumber() {
        uidValidity++;
    }

    Set<Long> seen() {
        return Set.copyOf(seen);
    }

    @Override
    public void play(ScriptedImapConnection connection) throws Exception {
        connection.login("IMAP4rev1 UIDPLUS");
        while (true) {
            connection.expect(".+");
            String command = connection.line();
            if (!odd.answer(connection, command)) {
                answer(connection, command);
            }
        }
    }

    void answer(ScriptedImapConnection connection, String command) throws IOException {
        if (command.startsWith("SELECT") || command.startsWith("EXAMINE")) {
            connection.send("* " + subjects.size() + " EXISTS");
            connection.send("* OK [UIDVALIDITY " + uidValidity + "] valid");
            connection.send("* OK [UIDNEXT " + (subjects.size() + 1) + "] next");
        } else if (command.startsWith("UID SEARCH")) {
            boolean unseen = command.contains("UNSEEN");
            connection.send("* SEARCH "
                    + subjects.keySet().stream()
                            .filter(uid -> unseen ? !seen.contains(uid) : in(command, uid))
                            .map(String::valueOf)
                            .collect(Collectors.joining(" ")));
        } else if (command.startsWith("UID FETCH")) {
            fetch(connection, command);
        } else if (command.startsWith("UID STORE")) {
            subjects.keySet().stream().filter(uid -> in(command, uid)).forEach(seen::add);
        }
        connection.ok("done");
    }

    private void fetch(ScriptedImapConnection connection, String command) throws IOException {
        for (Map.Entry<Long, String> mail : subjects.entrySet()) {
            if (in(command, mail.getKey())) {
                byte[] bytes = MailboxHost.mail(mail.getValue());
                String head = "* " + mail.getKey() + " FETCH (UID " + mail.getKey()
                        + " FLAGS () INTERNALDATE \" 1-Mar-2026 10:00:00 +0000\" ";
                if (command.contains("BODY.PEEK")) {
                    connection.literal(head + "BODY[] ", bytes, ")");
                } else {
                    connection.send(head + "RFC822.SIZE " + bytes.length + ")");
                }
            }
        }
    }

    /** Whether the UID set of a command has this UID. */
    static boolean in(String command, long uid) {
        Matcher ranges = RANGE.matcher(command.replaceAll("UID (SEARCH UID|FETCH|STORE) ([0-9,:]+).*", "$2"));
        while (ranges.find()) {
            long first = Long.parseLong(ranges.group(1));
            long last = ranges.group(2) == null ? first : Long.parseLong(ranges.group(2));
            if (uid >= first && uid <= last) {
                return true;
            }
        }
        return false;
    }
}
