package io.mailroutes.camel;

import io.mailroutes.imap.PermanentImapException;
import io.mailroutes.imap.TransientImapException;
import io.mailroutes.store.PermanentStoreException;
import io.mailroutes.token.NeedsLoginException;
import io.mailroutes.token.TransientTokenException;
import java.time.Duration;

/**
 * What an exception in the loop of a folder means: one function decides for all.
 *
 * @param result how {@code --once} ends when this does not go away
 * @param lasting whether trying again soon is pointless
 * @param least the shortest pause that the server asked for
 */
record Trouble(MailboxState state, LoopResult result, boolean lasting, Duration least) {
    static Trouble of(Throwable failure) {
        if (failure instanceof NeedsLoginException) {
            return lasting(MailboxState.NEEDS_LOGIN, LoopResult.NEEDS_LOGIN);
        }
        if (failure instanceof TransientTokenException token) {
            return passing(MailboxState.CONNECTING, token.retryAfter());
        }
        if (failure instanceof TransientImapException imap) {
            boolean throttled = !imap.retryAfter().isZero();
            return passing(throttled ? MailboxState.THROTTLED : MailboxState.CONNECTING, imap.retryAfter());
        }
        if (failure instanceof PermanentImapException imap) {
            return permanent(imap.reason());
        }
        if (failure instanceof FolderRenumberedException) {
            return lasting(MailboxState.RESYNC, LoopResult.UNREACHABLE);
        }
        if (failure instanceof PermanentStoreException) {
            return lasting(MailboxState.BROKEN, LoopResult.CONFIGURATION);
        }
        return passing(MailboxState.BROKEN, Duration.ZERO);
    }

    private static Trouble permanent(PermanentImapException.Reason reason) {
        return switch (reason) {
            case CREDENTIALS_REFUSED -> lasting(MailboxState.NEEDS_LOGIN, LoopResult.NEEDS_LOGIN);
            case NO_MECHANISM, NO_FOLDER -> lasting(MailboxState.BROKEN, LoopResult.CONFIGURATION);
            // The mail waits and the others go on, see FetchTrouble.
            case MAIL_TOO_LARGE -> passing(MailboxState.CONNECTING, Duration.ZERO);
            case NOT_SECURE, PROTOCOL -> lasting(MailboxState.BROKEN, LoopResult.UNREACHABLE);
        };
    }

    private static Trouble lasting(MailboxState state, LoopResult result) {
        return new Trouble(state, result, true, Duration.ZERO);
    }

    private static Trouble passing(MailboxState state, Duration least) {
        return new Trouble(state, LoopResult.UNREACHABLE, false, least);
    }
}
