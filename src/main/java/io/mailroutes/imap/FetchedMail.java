package io.mailroutes.imap;

import io.mailroutes.message.Content;
import java.time.Instant;
import java.util.Set;

/** One mail as it came from the server. */
public record FetchedMail(long uid, Set<String> flags, Instant internalDate, Content content) {
    public FetchedMail {
        flags = Set.copyOf(flags);
    }
}
