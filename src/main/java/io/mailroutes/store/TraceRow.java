package io.mailroutes.store;

import java.time.Instant;

/**
 * A mail that can be known again by 128 bits of a digest.
 *
 * @param internalDate RFC 3501 section 2.3.3, to the millisecond
 */
public record TraceRow(long uid, long high, long low, Instant internalDate) {
    /** The same under another UID. */
    public TraceRow withUid(long other) {
        return new TraceRow(other, high, low, internalDate);
    }
}
