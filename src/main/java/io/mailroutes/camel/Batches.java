package io.mailroutes.camel;

import io.mailroutes.imap.MailSummary;
import io.mailroutes.message.UidSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;

/**
 * Cuts mails into batches that one FETCH each brings, by the bytes that the server says they have. Its RFC822.SIZE is
 * an estimate on some servers, so this is for batching only.
 */
final class Batches {
    /** So that many small mails do not keep the connection from being told what is delivered. */
    private static final int MOST_MAILS = 1_000;

    private final long mostBytes;
    private final Queue<UidSet> batches = new ArrayDeque<>();
    private final List<Long> open = new ArrayList<>();
    private long openBytes;

    private Batches(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** In the order given. */
    static Queue<UidSet> cut(List<MailSummary> mails, long mostBytes) {
        Batches cut = new Batches(mostBytes);
        mails.forEach(cut::add);
        cut.close();
        return cut.batches;
    }

    /** Mails that made an earlier command fail: each gets its own. */
    static Queue<UidSet> alone(UidSet uids) {
        return uids.stream().mapToObj(uid -> UidSet.range(uid, uid)).collect(Collectors.toCollection(ArrayDeque::new));
    }

    private void add(MailSummary mail) {
        if (openBytes + mail.size() > mostBytes || open.size() == MOST_MAILS) {
            close();
        }
        open.add(mail.uid());
        openBytes += mail.size();
    }

    private void close() {
        if (!open.isEmpty()) {
            batches.add(UidSet.of(open));
            open.clear();
            openBytes = 0;
        }
    }
}
