package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.PermanentImapException;
import io.mailroutes.imap.SpecialUse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The folder that is read and the one that its mails go to. One that is named by its special use gets its own name with
 * the first connection, and keeps it for as long as the route runs; then it is claimed by that name too.
 */
final class Places implements AutoCloseable {
    private static final String PREFIX = "special-use:";

    private final MailboxOptions options;
    private final Function<String, FolderClaims.Claim> claims;
    private volatile String folder;
    private Optional<String> target;
    private FolderClaims.@Nullable Claim claim;
    private boolean resolved;

    Places(String folder, MailboxOptions options, Function<String, FolderClaims.Claim> claims) {
        this.options = options;
        this.claims = claims;
        this.folder = folder;
        this.target = options.onDelivered().folder();
    }

    /** What {@code special-use:NAME} asks for; empty for any other name. */
    static Optional<SpecialUse> use(String name) {
        return isByUse(name) ? SpecialUse.parse(name.substring(PREFIX.length())) : Optional.empty();
    }

    static boolean isByUse(String name) {
        return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    /** The spelling by which it is claimed. */
    static String spelled(SpecialUse use) {
        return PREFIX + use.text();
    }

    /** @throws PermanentImapException in words, when there is no such folder, or several, or another route reads it */
    synchronized void resolve(ImapConnection connection) {
        if (resolved) {
            return;
        }
        String real = own(connection, folder);
        Optional<String> realTarget = target.map(name -> own(connection, name));
        if (realTarget.filter(real::equals).isPresent()) {
            throw refused("onDelivered=move:" + target.orElse("") + " is the folder " + real + " that is read");
        }
        if (!real.equals(folder) && claim == null) {
            claim(real);
        }
        folder = real;
        target = realTarget;
        resolved = true;
    }

    private void claim(String real) {
        try {
            claim = claims.apply(real);
        } catch (IllegalStateException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private String own(ImapConnection connection, String name) {
        Optional<SpecialUse> use = use(name);
        if (use.isEmpty()) {
            return name;
        }
        List<String> found = connection.folders(use.get());
        if (found.size() == 1) {
            return MailboxEndpoint.folder(found.get(0));
        }
        String which = found.isEmpty()
                ? "the server tells of no folder that is for it (RFC 6154)"
                : "the server has several: " + String.join(", ", found);
        throw refused(name + ": " + which + ". Use the folder's own name");
    }

    private PermanentImapException refused(String why) {
        return new PermanentImapException(
                PermanentImapException.Reason.NO_FOLDER, "account " + options.account() + ": " + why, null);
    }

    /** Its own name, once it is known. */
    String folder() {
        return folder;
    }

    /** Where {@code onDelivered=move:FOLDER} moves to. */
    synchronized String target() {
        return target.orElseThrow();
    }

    @Override
    public synchronized void close() {
        if (claim != null) {
            claim.close();
            claim = null;
        }
    }
}
