package io.mailroutes.imap;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a server says of a mail without sending it.
 *
 * @param size RFC822.SIZE in bytes: an estimate on Exchange, so good for batching only
 * @param gmailId X-GM-MSGID, the same in all folders; only from a server with the extension X-GM-EXT-1
 */
public record MailSummary(long uid, Set<String> flags, Instant internalDate, long size, OptionalLong gmailId) {
    public MailSummary {
        flags = Set.copyOf(flags);
    }
}
