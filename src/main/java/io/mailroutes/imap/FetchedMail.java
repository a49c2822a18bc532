package io.mailroutes.imap;

import io.mailroutes.message.Content;
import io.mailroutes.message.GmailIds;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One mail as it came from the server.
 *
 * @param gmail only from a server with the extension X-GM-EXT-1
 */
public record FetchedMail(
        long uid, Set<String> flags, Instant internalDate, Content content, Optional<GmailIds> gmail) {
    public FetchedMail {
        flags = Set.copyOf(flags);
    }
}
