package io.mailroutes.imap;

import io.mailroutes.message.UidSet;
import io.mailroutes.message.UidSet.Range;
import java.util.ArrayList;
import java.util.List;

/** Cuts a UID set so that no command line is longer than servers take: 8,000 octets (RFC 7162 section 4). */
final class UidChunks {
    private static final int LONGEST_SET = 7500;

    private UidChunks() {}

    /** In ascending order; none for the empty set. */
    static List<UidSet> of(UidSet uids) {
        List<UidSet> chunks = new ArrayList<>();
        List<Range> ranges = uids.ranges();
        int start = 0;
        int length = 0;
        for (int i = 0; i < ranges.size(); i++) {
            int more = length(ranges.get(i));
            if (length + more > LONGEST_SET) {
                chunks.add(new UidSet(ranges.subList(start, i)));
                start = i;
                length = 0;
            }
            length += more;
        }
        if (start < ranges.size()) {
            chunks.add(new UidSet(ranges.subList(start, ranges.size())));
        }
        return chunks;
    }

    private static int length(Range range) {
        int first = Long.toString(range.first()).length();
        return range.first() == range.last()
                ? first + 1
                : first + Long.toString(range.last()).length() + 2;
    }
}
