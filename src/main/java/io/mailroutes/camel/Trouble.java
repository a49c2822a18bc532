package io.mailroutes.camel;

import io.mailroutes.imap.ImapException;
import io.mailroutes.imap.PermanentImapException;
import io.mailroutes.imap.TransientImapException;
import io.mailroutes.store.PermanentStoreException;
import io.mailroutes.store.StoreException;
import io.mailroutes.token.NeedsLoginException;
import io.mailroutes.token.TokenException;
import io.mailroutes.token.TransientTokenException;
import java.time.Duration;

/**
 * What an exception in the loop of a folder means: one function decides for all.
 *
 * @param result how {@code --once} ends when this does not go away
 * @param least the shortest pause that the server asked for
 * @param reason in words, fit for one line
 */
record Trouble(MailboxState state, LoopResult result, Nature nature, Duration least, String reason) {
    private static final Duration FOR_THE_DISK = Duration.ofSeconds(10);

    /** What trying again is good for. */
    enum Nature {
        /** The server ended the session with its token, as some do by the hour: no failure at all. */
        RECYCLED,
        /** It may work the next time. */
        PASSING,
        /** It may work after a long pause; if it never does, the configuration is wrong. */
        UNOPENED,
        /** Trying again soon is pointless. */
        LASTING
    }

    static Trouble of(Throwable failure) {
        Trouble trouble = failure instanceof FetchFailedException fetch ? ofFetch(fetch.failure()) : meaning(failure);
        boolean expected = failure instanceof StoreException
                || failure instanceof ImapException
                || failure instanceof TokenException
                || failure instanceof FetchFailedException
                || failure instanceof FolderRenumberedException;
        return trouble.because(Cleaned.text(expected ? failure.getMessage() : failure.toString()));
    }

    /** Whether trying again soon is pointless. */
    boolean lasting() {
        return nature == Nature.LASTING;
    }

    Trouble as(Nature other) {
        return new Trouble(state, result, other, least, reason);
    }

    /** The same, of which nobody hopes any more that it passes. */
    Trouble broken(String further) {
        return new Trouble(MailboxState.BROKEN, LoopResult.CONFIGURATION, Nature.LASTING, least, reason + further);
    }

    /** Whatever the server said: the mails that made it say so are fetched one by one or wait, and the others go on. */
    private static Trouble ofFetch(ImapException failure) {
        Trouble trouble = meaning(failure);
        return trouble.lasting() ? passing(MailboxState.CONNECTING, Duration.ZERO) : trouble;
    }

    private static Trouble meaning(Throwable failure) {
        if (failure instanceof NeedsLoginException) {
            return lasting(MailboxState.NEEDS_LOGIN, LoopResult.NEEDS_LOGIN);
        }
        if (failure instanceof TransientTokenException token) {
            return passing(MailboxState.CONNECTING, token.retryAfter());
        }
        if (failure instanceof TransientImapException imap) {
            return ofServer(imap);
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
        // A full disk: no use in fetching the same mails again every second.
        return passing(MailboxState.BROKEN, failure instanceof StoreException ? FOR_THE_DISK : Duration.ZERO);
    }

    private static Trouble ofServer(TransientImapException failure) {
        Duration asked = failure.retryAfter();
        return switch (failure.kind()) {
            case SESSION_ENDED -> passing(MailboxState.CONNECTING, asked).as(Nature.RECYCLED);
            case MAILBOX_NOT_OPENED -> passing(MailboxState.CONNECTING, asked).as(Nature.UNOPENED);
            case BUSY -> passing(MailboxState.THROTTLED, asked);
            case CONNECTION -> passing(asked.isZero() ? MailboxState.CONNECTING : MailboxState.THROTTLED, asked);
        };
    }

    private Trouble because(String why) {
        return new Trouble(state, result, nature, least, why);
    }

    private static Trouble permanent(PermanentImapException.Reason reason) {
        return switch (reason) {
            case CREDENTIALS_REFUSED -> lasting(MailboxState.NEEDS_LOGIN, LoopResult.NEEDS_LOGIN);
            case NO_MECHANISM, NO_FOLDER, CRITERIA_REFUSED -> lasting(MailboxState.BROKEN, LoopResult.CONFIGURATION);
            case NOT_SECURE, PROTOCOL, MAIL_TOO_LARGE -> lasting(MailboxState.BROKEN, LoopResult.UNREACHABLE);
        };
    }

    private static Trouble lasting(MailboxState state, LoopResult result) {
        return new Trouble(state, result, Nature.LASTING, Duration.ZERO, "");
    }

    private static Trouble passing(MailboxState state, Duration least) {
        return new Trouble(state, LoopResult.UNREACHABLE, Nature.PASSING, least, "");
    }
}
