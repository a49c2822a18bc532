package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.MailSummary;
import io.mailroutes.message.UidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts mails into batches that one FETCH each brings, by the bytes that the server says they have. Its RFC822.SIZE is
 * an estimate on some servers, so this is for batching only.
 */
final class Batches {
    /** How many sizes are asked for at once. */
    private static final int SUMMARIES = 500;

    private Batches() {}

    /** @param alone mails that made an earlier FETCH fail: each gets its own */
    static List<UidSet> cut(ImapConnection connection, UidSet uids, long mostBytes, Set<Long> alone) {
        List<UidSet> batches = new ArrayList<>();
        UidSet left = uids;
        while (!left.isEmpty()) {
            UidSet part = left.first(SUMMARIES);
            left = left.minus(part);
            cut(connection.summaries(part), mostBytes, alone, batches);
        }
        return batches;
    }

    private static void cut(List<MailSummary> mails, long mostBytes, Set<Long> alone, List<UidSet> batches) {
        List<Long> batch = new ArrayList<>();
        long bytes = 0;
        for (MailSummary mail : mails) {
            if (alone.contains(mail.uid())) {
                batches.add(UidSet.of(List.of(mail.uid())));
                continue;
            }
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
