package io.mailroutes.ledger;

import io.mailroutes.message.UidSet;
import io.mailroutes.store.UidRange;
import java.util.List;

/** The ranges of a set as the store has them. */
final class Ranges {
    private Ranges() {}

    static List<UidRange> of(UidSet uids) {
        return uids.ranges().stream()
                .map(r -> new UidRange(r.first(), r.last()))
                .toList();
    }

    static UidSet set(List<UidRange> ranges) {
        return new UidSet(
                ranges.stream().map(r -> new UidSet.Range(r.first(), r.last())).toList());
    }
}
