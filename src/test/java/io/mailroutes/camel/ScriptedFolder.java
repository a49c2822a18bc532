package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mailroutes.testing.ScriptedImapConnection;
import io.mailroutes.testing.ScriptedImapServer;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One folder that answers as a plain server does, but for what a test makes {@link #odd}. */
final class ScriptedFolder implements ScriptedImapServer.Transcript {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

    private static final Pattern SUBJECT = Pattern.compile("SUBJECT \"(.*)\"");
    private static final Pattern BEYOND = Pattern.compile("BODY\\.PEEK\\[]<(\\d+)\\.1>");
    private static final Pattern RANGE = Pattern.compile("(\\d+)(?::(\\d+))?");

    /** Answers a command in its own way. */
    interface Odd {
        /** Returns whether it has answered. */
        boolean answer(ScriptedImapConnection connection, String command) throws IOException;
    }

    private static final Instant RECEIVED = Instant.parse("2026-03-01T10:00:00Z");

    private record Entry(String subject, Instant received) {}

    private final Map<Long, Entry> mails = new ConcurrentSkipListMap<>();
    private final Set<Long> seen = ConcurrentHashMap.newKeySet();
    private volatile long uidValidity = 1;
    private final AtomicLong next = new AtomicLong(1);
    private volatile IntUnaryOperator listedSize = size -> size;
    private volatile Odd odd = (connection, command) -> false;
    private volatile String capabilities = "IMAP4rev1 UIDPLUS";
    private volatile boolean secretive;
    private @Nullable ScriptedImapConnection idling;
    private int told;

    ScriptedFolder(String... subjects) {
        for (String subject : subjects) {
            add(subject, RECEIVED);
        }
    }

    ScriptedFolder odd(Odd way) {
        this.odd = way;
        return this;
    }

    /** What is listed as RFC822.SIZE of a mail that has so many bytes. */
    ScriptedFolder listing(IntUnaryOperator size) {
        this.listedSize = size;
        return this;
    }

    /** What it offers after login. */
    ScriptedFolder offering(String words) {
        this.capabilities = words;
        return this;
    }

    /** From now on it tells of no mail that arrives; who searches finds it. */
    void tellNothing() {
        secretive = true;
    }

    /** A mail arrives, which the client is told of while it idles, or with its next answer. */
    synchronized void arrive(String subject) throws IOException {
        add(subject, RECEIVED);
        if (idling != null) {
            tell(idling);
        }
    }

    private void tell(ScriptedImapConnection connection) throws IOException {
        if (!secretive && told != mails.size()) {
            told = mails.size();
            connection.send("* " + told + " EXISTS");
        }
    }

    private void idle(ScriptedImapConnection connection) throws IOException {
        synchronized (this) {
            connection.send("+ idling");
            idling = connection;
            tell(connection);
        }
        try {
            connection.expectLine("DONE");
        } finally {
            synchronized (this) {
                idling = null;
            }
        }
        connection.ok("done");
    }

    /** As many seconds after the others. */
    void add(String subject, int later) {
        add(subject, RECEIVED.plusSeconds(later));
    }

    private void add(String subject, Instant received) {
        mails.put(next.getAndIncrement(), new Entry(subject, received));
    }

    /** The mails are the same, their UIDs are higher by so many. */
    void renumber(long by) {
        Map<Long, Entry> before = new TreeMap<>(mails);
        Set<Long> seenBefore = Set.copyOf(seen);
        mails.clear();
        seen.clear();
        before.forEach((uid, mail) -> mails.put(uid + by, mail));
        seenBefore.forEach(uid -> seen.add(uid + by));
        next.set(mails.keySet().stream().mapToLong(uid -> uid).max().orElse(0) + 1);
        uidValidity++;
    }

    /** Another client takes it away; its UID is never used again. */
    void expunge(long uid) {
        mails.remove(uid);
    }

    void markUnseen() {
        seen.clear();
    }

    Set<Long> seen() {
        return Set.copyOf(seen);
    }

    @Override
    public void play(ScriptedImapConnection connection) throws Exception {
        connection.login(capabilities);
        while (true) {
            connection.expect(".+");
            handle(connection, connection.line());
        }
    }

    void handle(ScriptedImapConnection connection, String command) throws IOException {
        if (!odd.answer(connection, command)) {
            answer(connection, command);
        }
    }

    void answer(ScriptedImapConnection connection, String command) throws IOException {
        if (command.startsWith("SELECT") || command.startsWith("EXAMINE")) {
            told = mails.size();
            connection.send("* " + told + " EXISTS");
            connection.send("* OK [UIDVALIDITY " + uidValidity + "] valid");
            connection.send("* OK [UIDNEXT " + next + "] next");
        } else if (command.startsWith("UID SEARCH")) {
            boolean unseen = command.contains("UNSEEN");
            Matcher subject = SUBJECT.matcher(command);
            String wanted = subject.find() ? subject.group(1) : "";
            connection.send("* SEARCH "
                    + mails.keySet().stream()
                            .filter(uid -> mails.get(uid).subject().contains(wanted))
                            .filter(uid -> unseen ? !seen.contains(uid) : in(command, uid))
                            .map(String::valueOf)
                            .collect(Collectors.joining(" ")));
        } else if (command.startsWith("UID FETCH")) {
            fetch(connection, command);
        } else if (command.startsWith("UID STORE")) {
            mails.keySet().stream().filter(uid -> in(command, uid)).forEach(seen::add);
        } else if (command.equals("IDLE")) {
            idle(connection);
            return;
        }
        synchronized (this) {
            tell(connection);
        }
        connection.ok("done");
    }

    private void fetch(ScriptedImapConnection connection, String command) throws IOException {
        for (Map.Entry<Long, Entry> mail : mails.entrySet()) {
            if (in(command, mail.getKey())) {
                byte[] bytes = MailboxHost.mail(mail.getValue().subject());
                String head = "* " + mail.getKey() + " FETCH (UID " + mail.getKey() + " FLAGS () INTERNALDATE \""
                        + DATE.format(mail.getValue().received()) + "\" "
                        + (command.contains("X-GM-MSGID") ? gmailId(mail.getValue()) : "");
                if (command.contains("HEADER.FIELDS")) {
                    String fields = "Subject: " + mail.getValue().subject() + "\r\nFrom: Ann <ann@example.com>\r\n\r\n";
                    connection.literal(head + "BODY[HEADER.FIELDS (SUBJECT FROM)] ", fields.getBytes(US_ASCII), ")");
                } else if (command.contains("[HEADER]")) {
                    String header = new String(bytes, US_ASCII).replaceAll("(?s)\r\n\r\n.*", "\r\n\r\n");
                    connection.literal(head + "BODY[HEADER]<0> ", header.getBytes(US_ASCII), ")");
                } else if (BEYOND.matcher(command).find()) {
                    Matcher beyond = BEYOND.matcher(command);
                    int from = beyond.find() ? Math.min(bytes.length, Integer.parseInt(beyond.group(1))) : 0;
                    byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 1));
                    connection.literal(head + "BODY[]<" + from + "> ", part, ")");
                } else if (command.contains("BODY.PEEK")) {
                    connection.literal(head + "BODY[] ", bytes, ")");
                } else {
                    connection.send(head + "RFC822.SIZE " + listedSize.applyAsInt(bytes.length) + ")");
                }
            }
        }
    }

    /** Mails of the same subject are one mail, in whatever folder. */
    private static String gmailId(Entry mail) {
        return "X-GM-MSGID " + Integer.toUnsignedString(mail.subject().hashCode()) + " X-GM-THRID 7 X-GM-LABELS () ";
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
