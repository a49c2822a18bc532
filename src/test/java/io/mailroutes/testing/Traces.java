package io.mailroutes.testing;

import io.mailroutes.ledger.Trace;
import io.mailroutes.message.Fingerprint;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Traces of mails that only have a number. */
public final class Traces {
    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

    private Traces() {}

    /** Received as many seconds after 2026-03-01 10:00 UTC as its UID says. */
    public static Trace of(long uid) {
        return new Trace(uid, BEGIN.plusSeconds(uid), Optional.of(new Fingerprint(uid, -uid)));
    }

    public static List<Trace> all(Collection<Long> uids) {
        return uids.stream().map(Traces::of).toList();
    }

    public static List<Trace> all(Long... uids) {
        return Stream.of(uids).map(Traces::of).toList();
    }
}
