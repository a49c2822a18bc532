package io.mailroutes.camel;

import io.mailroutes.message.UidSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Mails whose FETCH failed. After a batch failed its mails are fetched one by one, and one that fails alone waits
 * longer and longer while the others go on: a mail that breaks the server must not block the folder. Kept in memory
 * only, for it says nothing about the mail's delivery.
 */
final class FetchTrouble {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private record Pause(Duration length, Instant until) {}

    private final Clock clock;
    private final Set<Long> alone = new HashSet<>();
    private final Map<Long, Pause> pauses = new HashMap<>();
    private Instant lookedAt = Instant.MIN;

    FetchTrouble(Clock clock) {
        this.clock = clock;
    }

    /** Not even the sizes of these could be asked for, so they are fetched without. */
    void notListed(UidSet mails) {
        mails.stream().forEach(alone::add);
    }

    void failed(UidSet batch) {
        if (batch.size() > 1) {
            batch.stream().forEach(alone::add);
            return;
        }
        batch.stream().forEach(uid -> {
            Duration length =
                    pauses.containsKey(uid) ? shorter(pauses.get(uid).length().multipliedBy(2), LONGEST) : FIRST;
            pauses.put(uid, new Pause(length, clock.instant().plus(length)));
        });
    }

    /**
     * The server has these and sends nothing of them, as Exchange does with a mail that it cannot convert.
     *
     * @return those of which that was known before; the others may just have been removed by somebody else
     */
    UidSet notSent(UidSet mails) {
        UidSet again = mails.and(UidSet.of(pauses.keySet()));
        mails.stream().forEach(uid -> failed(UidSet.range(uid, uid)));
        return again;
    }

    void fetched(UidSet batch) {
        if (!alone.isEmpty() || !pauses.isEmpty()) {
            batch.stream().forEach(uid -> {
                alone.remove(uid);
                pauses.remove(uid);
            });
        }
    }

    boolean isEmpty() {
        return alone.isEmpty() && pauses.isEmpty();
    }

    /** Others may have removed a mail meanwhile: it is no trouble any more. */
    void retain(UidSet present) {
        alone.removeIf(uid -> !present.contains(uid));
        pauses.keySet().removeIf(uid -> !present.contains(uid));
    }

    /** The mails to fetch one by one. */
    UidSet alone() {
        return UidSet.of(alone);
    }

    /** The mails not to fetch yet. */
    UidSet pausing() {
        Instant now = clock.instant();
        lookedAt = now;
        return UidSet.of(pauses.entrySet().stream()
                .filter(entry -> entry.getValue().until().isAfter(now))
                .map(Map.Entry::getKey)
                .toList());
    }

    /** When the next pause ends of those that {@link #pausing} told last. */
    Optional<Instant> nextDue() {
        return pauses.values().stream()
                .map(Pause::until)
                .filter(until -> until.isAfter(lookedAt))
                .min(Instant::compareTo);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
