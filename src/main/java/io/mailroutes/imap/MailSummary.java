package io.mailroutes.imap;

import java.time.Instant;
import java.util.Set;

/**
 * What a server says of a mail without sending it.
 *
 * @param size RFC822.SIZE in bytes: an estimate on Exchange, so good for batching only
 */
public record MailSummary(long uid, Set<String> flags, Instant internalDate, long size) {
    public MailSummary {
        flags = Set.copyOf(flags);
    }
}
