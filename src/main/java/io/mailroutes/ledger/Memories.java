package io.mailroutes.ledger;

import io.mailroutes.message.Fingerprint;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mails of the old numbering that can be known again, each once: of two mails that look the same, and of which one
 * was delivered, the other one is not taken for it.
 */
public final class Memories {
    private final Map<Fingerprint, Deque<Long>> uids = new HashMap<>();
    private final Instant last;
    private final Instant oldest;

    /** @param last see {@link #last} */
    Memories(List<Trace> traces, Instant last) {
        this.last = last;
        this.oldest =
                traces.stream().map(Trace::internalDate).min(Instant::compareTo).orElse(Instant.MAX);
        traces.forEach(
                trace -> trace.fingerprint().ifPresent(print -> uids.computeIfAbsent(print, p -> new ArrayDeque<>())
                        .add(trace.uid())));
    }

    /** The latest INTERNALDATE of a mail that was delivered; when none was, when the folder was begun. */
    public Instant last() {
        return last;
    }

    /** No mail with an INTERNALDATE before this one can be known again. */
    public Instant oldest() {
        return oldest;
    }

    /** The old UID of a mail; every one is given once. */
    public Optional<Long> take(Fingerprint print) {
        return Optional.ofNullable(uids.get(print)).map(Deque::poll);
    }
}
