package io.mailroutes.imap;

import io.mailroutes.message.UidSet;
import io.mailroutes.message.UidSet.Range;
import java.util.ArrayList;
import java.util.List;

/** Cuts a UID set so that no command line is longer than servers take: 8,000 octets (RFC 7162 section 4). */
final class UidChunks {
    private static final int LONGEST_SET = 7500;
    private static final int LONGEST_RANGE = 22;

    private UidChunks() {}

    /** In ascending order; none for the empty set. */
    static List<UidSet> of(UidSet uids) {
        List<UidSet> chunks = new ArrayList<>();
        List<Range> ranges = uids.ranges();
        int perChunk = LONGEST_SET / LONGEST_RANGE;
        for (int start = 0; start < ranges.size(); start += perChunk) {
            chunks.add(new UidSet(ranges.subList(start, Math.min(start + perChunk, ranges.size()))));
        }
        return chunks;
    }
}
