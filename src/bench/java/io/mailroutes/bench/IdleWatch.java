package io.mailroutes.bench;

import io.mailroutes.testing.RawImap;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that does nothing but IDLE and note when it is told how many mails there are. */
final class IdleWatch implements AutoCloseable {
    private static final Pattern EXISTS = Pattern.compile("\\* (\\d+) EXISTS");

    private final RawImap imap;
    private final Map<Integer, Long> seen = new ConcurrentHashMap<>();

    private IdleWatch(RawImap imap) {
        this.imap = imap;
    }

    static IdleWatch start(RawImap imap) throws IOException {
        imap.command("SELECT " + MailboxServer.INBOX);
        imap.send("idle IDLE");
        IdleWatch watch = new IdleWatch(imap);
        Thread thread = new Thread(watch::read, "idle-watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    /** The {@link System#nanoTime} when the server said so; 0 when it has not. */
    long seenAt(int exists) {
        return seen.getOrDefault(exists, 0L);
    }

    private void read() {
        try {
            while (true) {
                Matcher exists = EXISTS.matcher(imap.line());
                if (exists.matches()) {
                    seen.put(Integer.valueOf(exists.group(1)), System.nanoTime());
                }
            }
        } catch (IOException closed) {
            return; // the measurement is over, or sees that nothing comes any more
        }
    }

    @Override
    public void close() throws IOException {
        imap.close();
    }
}
