package io.mailroutes.message;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * An immutable set of UIDs kept as ascending, disjoint, non-adjacent ranges, so that its size follows its gaps and not
 * its members (RFC 3501 {@code sequence-set}).
 */
public record UidSet(List<Range> ranges) {
    /** The set without members. */
    public static final UidSet EMPTY = new UidSet(List.of());

    /** UIDs are unsigned 32-bit numbers (RFC 3501 section 2.3.1.1). */
    public static final long MAX_UID = 0xFFFF_FFFFL;

    /** Both ends belong to the range. */
    public record Range(long first, long last) {
        public Range {
            if (first < 1 || last < first) {
                throw new IllegalArgumentException("not a UID range: " + first + ":" + last);
            }
        }
    }

    public UidSet {
        ranges = List.copyOf(ranges);
        for (int i = 1; i < ranges.size(); i++) {
            if (ranges.get(i).first() <= ranges.get(i - 1).last() + 1) {
                throw new IllegalArgumentException("ranges touch or are not ascending: " + ranges);
            }
        }
    }

    public static UidSet of(Collection<Long> uids) {
        List<Range> ranges = new ArrayList<>();
        for (long uid : new TreeSet<>(uids)) {
            append(ranges, new Range(uid, uid));
        }
        return new UidSet(ranges);
    }

    /** {@code first:last}, or the empty set when {@code last < first}. */
    public static UidSet range(long first, long last) {
        return last < first ? EMPTY : new UidSet(List.of(new Range(first, last)));
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    public boolean contains(long uid) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Range range = ranges.get(middle);
            if (uid < range.first()) {
                high = middle - 1;
            } else if (uid > range.last()) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /** How many members there are. */
    public long size() {
        return ranges.stream().mapToLong(r -> r.last() - r.first() + 1).sum();
    }

    /** The members, ascending. */
    public LongStream stream() {
        return ranges.stream().flatMapToLong(r -> LongStream.rangeClosed(r.first(), r.last()));
    }

    public UidSet plus(UidSet other) {
        List<Range> all = new ArrayList<>(ranges);
        all.addAll(other.ranges);
        all.sort((a, b) -> Long.compare(a.first(), b.first()));
        List<Range> merged = new ArrayList<>();
        all.forEach(range -> append(merged, range));
        return new UidSet(merged);
    }

    public UidSet minus(UidSet other) {
        List<Range> left = new ArrayList<>();
        for (Range range : ranges) {
            long first = range.first();
            for (Range hole : other.ranges) {
                if (hole.last() < first || hole.first() > range.last()) {
                    continue;
                }
                if (hole.first() > first) {
                    left.add(new Range(first, hole.first() - 1));
                }
                first = hole.last() + 1;
            }
            if (first <= range.last()) {
                left.add(new Range(first, range.last()));
            }
        }
        return new UidSet(left);
    }

    /** Cuts the set into sets of at most {@code mostRanges} ranges, in order; none for the empty set. */
    public List<UidSet> split(int mostRanges) {
        List<UidSet> parts = new ArrayList<>();
        for (int from = 0; from < ranges.size(); from += mostRanges) {
            parts.add(new UidSet(ranges.subList(from, Math.min(ranges.size(), from + mostRanges))));
        }
        return parts;
    }

    /** The {@code most} lowest members. */
    public UidSet first(long most) {
        List<Range> kept = new ArrayList<>();
        long left = most;
        for (Range range : ranges) {
            if (left <= 0) {
                break;
            }
            long last = Math.min(range.last(), range.first() + left - 1);
            kept.add(new Range(range.first(), last));
            left -= last - range.first() + 1;
        }
        return new UidSet(kept);
    }

    /** The members in both sets. */
    public UidSet and(UidSet other) {
        return minus(minus(other));
    }

    /** As a command takes it: {@code 1:5,7}. Fails on the empty set, which has no spelling. */
    public String toCommand() {
        if (isEmpty()) {
            throw new IllegalStateException("an empty UID set cannot be sent");
        }
        return ranges.stream()
                .map(r -> r.first() == r.last() ? Long.toString(r.first()) : r.first() + ":" + r.last())
                .collect(Collectors.joining(","));
    }

    private static void append(List<Range> ranges, Range next) {
        int at = ranges.size() - 1;
        if (at >= 0 && next.first() <= ranges.get(at).last() + 1) {
            Range last = ranges.get(at);
            ranges.set(at, new Range(last.first(), Math.max(last.last(), next.last())));
        } else {
            ranges.add(next);
        }
    }

    @Override
    public String toString() {
        return isEmpty() ? "(none)" : toCommand();
    }
}
