package io.mailroutes.camel;

import io.mailroutes.testing.ScriptedImapConnection;
import io.mailroutes.testing.ScriptedImapServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A folder with the UIDs from 1 to a million, of which none is kept, and what is sent of it is counted. */
final class MillionMails implements ScriptedImapServer.Transcript {
    static final long MILLION = 1_000_000;
    private static final Pattern RANGE = Pattern.compile("(\\d+)(?::(\\d+))?");

    private final AtomicLong last = new AtomicLong(MILLION);
    private final AtomicLong commands = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();

    /** One more arrives; its UID. */
    long arrive() {
        return last.incrementAndGet();
    }

    long commands() {
        return commands.get();
    }

    /** Sent in answers. */
    long bytes() {
        return bytes.get();
    }

    /** Of one answer line. */
    long longest() {
        return longest.get();
    }

    @Override
    public void play(ScriptedImapConnection connection) throws Exception {
        connection.login("IMAP4rev1 UIDPLUS");
        while (true) {
            connection.expect(".+");
            commands.incrementAndGet();
            answer(connection, connection.line());
            connection.ok("done");
        }
    }

    private void answer(ScriptedImapConnection connection, String command) throws IOException {
        if (command.startsWith("SELECT")) {
            connection.send("* " + last + " EXISTS");
            connection.send("* OK [UIDVALIDITY 1] valid");
            connection.send("* OK [UIDNEXT " + (last.get() + 1) + "] next");
        } else if (command.startsWith("UID SEARCH UID")) {
            StringBuilder found = new StringBuilder("* SEARCH");
            each(command, uid -> found.append(' ').append(uid));
            send(connection, found.toString());
        } else if (command.startsWith("UID SEARCH")) {
            send(connection, "* SEARCH");
        } else if (command.startsWith("UID FETCH")) {
            each(command, uid -> fetch(connection, command, uid));
        }
    }

    private void fetch(ScriptedImapConnection connection, String command, long uid) throws IOException {
        byte[] mail = MailboxHost.mail(Long.toString(uid));
        String head = "* " + uid + " FETCH (UID " + uid + " FLAGS () INTERNALDATE \" 1-Mar-2026 10:00:00 +0000\" ";
        String whole = head + "BODY[] {" + mail.length + "}\r\n" + new String(mail, StandardCharsets.UTF_8) + ")";
        send(connection, command.contains("BODY.PEEK") ? whole : head + "RFC822.SIZE " + mail.length + ")");
    }

    private void send(ScriptedImapConnection connection, String line) throws IOException {
        bytes.addAndGet(line.length());
        longest.accumulateAndGet(line.length(), Math::max);
        connection.send(line);
    }

    private interface Each {
        void take(long uid) throws IOException;
    }

    private void each(String command, Each each) throws IOException {
        Matcher ranges = RANGE.matcher(command.replaceAll("UID (SEARCH UID|FETCH) ([0-9,:]+).*", "$2"));
        while (ranges.find()) {
            long first = Long.parseLong(ranges.group(1));
            long end = ranges.group(2) == null ? first : Long.parseLong(ranges.group(2));
            for (long uid = first; uid <= Math.min(end, last.get()); uid++) {
                each.take(uid);
            }
        }
    }
}
