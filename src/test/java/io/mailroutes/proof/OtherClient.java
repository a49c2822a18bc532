package io.mailroutes.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mailroutes.testing.DovecotServer;
import io.mailroutes.testing.RawImap;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Somebody who reads the same INBOX: at random expunges, moves to {@link #ELSEWHERE}, flags, and marks as deleted without
 * expunging. Keeps a journal of what it removed.
 */
final class OtherClient implements Runnable {
    static final String ELSEWHERE = "Elsewhere";

    private final DovecotServer dovecot;
    private final CuttingProxy watched;
    private final String user;
    private final Random random;
    private final Map<String, Removal> journal = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /** @param at when it was asked for, by {@link System#nanoTime} */
    record Removal(long uid, boolean moved, long at) {}

    OtherClient(DovecotServer dovecot, CuttingProxy watched, String user, Random random) {
        this.dovecot = dovecot;
        this.watched = watched;
        this.user = user;
        this.random = random;
    }

    /** What it removed or may have removed, by Message-ID. */
    Map<String, Removal> journal() {
        return Map.copyOf(journal);
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        while (!stopping) {
            try (RawImap imap = dovecot.connect(user)) {
                imap.command("SELECT INBOX");
                work(imap);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException again) {
                // Dovecot ends a session in which a mail is missing that it has announced: the next one knows better
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    private void work(RawImap imap) throws IOException, InterruptedException {
        while (!stopping) {
            // Mostly at once when the program asks for mails.
            watched.awaitFetch(Duration.ofMillis(100 + random.nextInt(400)));
            imap.command("NOOP");
            List<Long> uids = uids(imap);
            if (!uids.isEmpty()) {
                // Mostly the newest ones: those are being fetched.
                int newest = Math.min(uids.size(), random.nextInt(3) > 0 ? 6 : uids.size());
                act(imap, uids.get(uids.size() - 1 - random.nextInt(newest)));
            }
        }
    }

    private static List<Long> uids(RawImap imap) throws IOException {
        return imap.command("UID SEARCH ALL").stream()
                .filter(response -> response.text().startsWith("* SEARCH "))
                .flatMap(response -> Stream.of(
                        response.text().substring("* SEARCH ".length()).split(" ")))
                .map(Long::valueOf)
                .toList();
    }

    private void act(RawImap imap, long uid) throws IOException {
        switch (random.nextInt(12)) {
            case 0, 1 -> expunge(imap, uid);
            case 2, 3 -> move(imap, uid);
            case 4 -> imap.command("UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)");
            case 5, 6 -> imap.command("UID STORE " + uid + " +FLAGS (\\Seen)");
            case 7 -> imap.command("UID STORE " + uid + " -FLAGS (\\Seen)");
            default -> imap.command("UID STORE " + uid + " +FLAGS (\\Flagged)");
        }
    }

    private void expunge(RawImap imap, long uid) throws IOException {
        Optional<String> messageId = messageId(imap, uid);
        if (messageId.isPresent()) {
            journal.put(messageId.get(), new Removal(uid, false, System.nanoTime()));
            imap.command("UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)");
            imap.command("UID EXPUNGE " + uid);
        }
    }

    private void move(RawImap imap, long uid) throws IOException {
        Optional<String> messageId = messageId(imap, uid);
        if (messageId.isPresent()) {
            long at = System.nanoTime();
            boolean moved = imap.command("UID MOVE " + uid + " " + ELSEWHERE).stream()
                    .anyMatch(response -> response.text().contains("[COPYUID "));
            if (moved) {
                journal.put(messageId.get(), new Removal(uid, true, at));
            }
        }
    }

    /** Empty when the mail is not there any more. */
    private static Optional<String> messageId(RawImap imap, long uid) throws IOException {
        return imap.command("UID FETCH " + uid + " (BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])").stream()
                .filter(response -> !response.literals().isEmpty())
                .flatMap(response ->
                        MarkedMail.messageId(new String(response.literals().get(0), ISO_8859_1)).stream())
                .findFirst();
    }
}
