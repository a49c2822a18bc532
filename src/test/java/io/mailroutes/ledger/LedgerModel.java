package io.mailroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.message.UidSet;
import io.mailroutes.testing.Traces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** What a ledger should know, kept in the plainest way, and the same random changes made to both. */
final class LedgerModel {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final int UIDS = 60;

    private final Random random;
    private final TreeSet<Long> done = new TreeSet<>();
    private final TreeSet<Long> delivered = new TreeSet<>();
    private final TreeSet<Long> quarantined = new TreeSet<>();
    private final TreeMap<Long, Attempt> waiting = new TreeMap<>();

    LedgerModel(long seed) {
        random = new Random(seed);
    }

    /** One random change: made to the model, and returned to be made to a ledger. */
    Change next() {
        List<Long> some = some();
        return switch (random.nextInt(7)) {
            case 0, 1 -> deliver(some);
            case 2 -> quarantine(some.get(0));
            case 3 -> fail(some.get(0));
            case 4 -> acknowledge(some);
            case 5 -> reopen(some.get(0));
            default -> forget(some.get(0));
        };
    }

    /** A change of a ledger. */
    @FunctionalInterface
    interface Change {
        void make(FolderLedger ledger);
    }

    boolean matches(FolderLedger ledger) {
        return ledger.settled().equals(settled())
                && ledger.unacknowledgedDelivered().equals(UidSet.of(delivered))
                && ledger.unacknowledgedQuarantined().equals(UidSet.of(quarantined))
                && ledger.waiting().equals(List.copyOf(waiting.values()));
    }

    void assertMatches(FolderLedger ledger) {
        assertThat(ledger.settled()).isEqualTo(settled());
        assertThat(ledger.unacknowledgedDelivered()).isEqualTo(UidSet.of(delivered));
        assertThat(ledger.unacknowledgedQuarantined()).isEqualTo(UidSet.of(quarantined));
        assertThat(ledger.waiting()).containsExactlyElementsOf(waiting.values());
    }

    private UidSet settled() {
        return UidSet.of(done).plus(UidSet.of(delivered)).plus(UidSet.of(quarantined));
    }

    private List<Long> some() {
        return random.longs(1 + random.nextInt(4), 1, UIDS + 1).boxed().toList();
    }

    private boolean isSettled(long uid) {
        return done.contains(uid) || delivered.contains(uid) || quarantined.contains(uid);
    }

    private Change deliver(List<Long> uids) {
        for (long uid : uids) {
            if (!isSettled(uid)) {
                delivered.add(uid);
                waiting.remove(uid);
            }
        }
        return ledger -> ledger.delivered(Traces.all(uids));
    }

    private Change quarantine(long uid) {
        if (!isSettled(uid)) {
            quarantined.add(uid);
            waiting.remove(uid);
        }
        return ledger -> ledger.quarantined(Traces.of(uid));
    }

    private Change fail(long uid) {
        if (isSettled(uid)) {
            return deliver(List.of(uid));
        }
        Attempt before = waiting.get(uid);
        Instant next = START.plusMillis(random.nextInt(1_000_000));
        waiting.put(uid, new Attempt(uid, before == null ? 1 : before.attempts() + 1, next));
        return ledger -> ledger.failed(Traces.of(uid), "java.io.IOException", "no", next);
    }

    private Change acknowledge(List<Long> uids) {
        List<Long> settled = new ArrayList<>(uids);
        settled.removeIf(uid -> !isSettled(uid));
        settled.forEach(this::finish);
        return ledger -> ledger.acknowledged(UidSet.of(settled));
    }

    private Change forget(long first) {
        long last = first + random.nextInt(3);
        LongStream.rangeClosed(first, last).forEach(this::finish);
        return ledger -> ledger.gone(UidSet.range(first, last));
    }

    private Change reopen(long first) {
        long last = first + random.nextInt(3);
        LongStream.rangeClosed(first, last).forEach(done::remove);
        return ledger -> ledger.reopened(UidSet.range(first, last));
    }

    private void finish(long uid) {
        done.add(uid);
        delivered.remove(uid);
        quarantined.remove(uid);
        waiting.remove(uid);
    }
}
