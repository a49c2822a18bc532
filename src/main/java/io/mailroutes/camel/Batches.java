package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.MailSummary;
import io.mailroutes.message.UidSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts mails into batches that one FETCH each brings, by the bytes that the server says they have. Its RFC822.SIZE is
 * an estimate on some servers, so this is for batching only.
 */
final class Batches {
    /** How many sizes are asked for at once. */
    private static final int SUMMARIES = 500;

    private Batches() {}

    /**
     * Where this throws, some sizes could not be asked for.
     *
     * @param alone mails that made an earlier command fail: each gets its own, after all others and without being asked
     *     about
     */
    static List<UidSet> cut(ImapConnection connection, UidSet uids, long mostBytes, UidSet alone) {
        List<UidSet> batches = new ArrayList<>();
        UidSet left = uids.minus(alone);
        while (!left.isEmpty()) {
            UidSet part = left.first(SUMMARIES);
            left = left.minus(part);
            cut(connection.summaries(part), mostBytes, batches);
        }
        uids.and(alone).stream().forEach(uid -> batches.add(UidSet.range(uid, uid)));
        return batches;
    }

    private static void cut(List<MailSummary> mails, long mostBytes, List<UidSet> batches) {
        List<Long> batch = new ArrayList<>();
        long bytes = 0;
        for (MailSummary mail : mails) {
            if (!batch.isEmpty() && bytes + mail.size() > mostBytes) {
                batches.add(UidSet.of(batch));
                batch.clear();
                bytes = 0;
            }
            batch.add(mail.uid());
            bytes += mail.size();
        }
        if (!batch.isEmpty()) {
            batches.add(UidSet.of(batch));
        }
    }
}
