package io.mailroutes.imap;

import io.mailroutes.message.UidSet;
import io.mailroutes.message.UidSet.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/** Collects the numbers of SEARCH answers; there may be several. */
final class SearchAnswer {
    private static final Pattern FROM =
            Pattern.compile("(?:.* )?UID ([0-9]{1,10}):\\*(?: .*)?", Pattern.CASE_INSENSITIVE);

    private final long lowest;
    private long[] found = new long[64];
    private int count;

    SearchAnswer(String asked) {
        String criteria = asked.replaceAll("\"(?:[^\"\\\\]|\\\\.)*+\"", "\"\""); // a text is no key
        Matcher from = FROM.matcher(criteria);
        // OR and NOT may want what lies below; only the plain form has the trap.
        boolean plain = from.matches() && !criteria.matches("(?i).*\\b(OR|NOT)\\b.*");
        lowest = plain ? Long.parseLong(from.group(1)) : 1;
    }

    void take(IMAPResponse response) throws ProtocolException {
        if (!response.keyEquals("SEARCH")) {
            return;
        }
        long uid;
        while ((uid = response.readLong()) >= 0) {
            add(uid);
        }
    }

    private void add(long uid) throws ProtocolException {
        if (uid == 0 || uid > UidSet.MAX_UID) {
            throw new ProtocolException("a SEARCH answer holds a number that is no UID");
        }
        if (uid < lowest) {
            return;
        }
        if (count == found.length) {
            found = Arrays.copyOf(found, 2 * count);
        }
        found[count++] = uid;
    }

    UidSet uids() {
        Arrays.sort(found, 0, count);
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < count; ) {
            int last = i;
            while (last + 1 < count && found[last + 1] <= found[last] + 1) {
                last++;
            }
            ranges.add(new Range(found[i], found[last]));
            i = last + 1;
        }
        return new UidSet(ranges);
    }
}
