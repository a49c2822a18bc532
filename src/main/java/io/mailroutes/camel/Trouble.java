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
 * @param lasting whether trying again soon is pointless
 * @param least the shortest pause that the server asked for
 * @param reason in words, fit for one line
 */
record Trouble(MailboxState state, LoopResult result, boolean lasting, Duration least, String reason) {
    private static final Duration FOR_THE_DISK = Duration.ofSeconds(10);

    static Trouble of(Throwable failure) {
        Trouble trouble = failure instanceof FetchFailedException fetch ? ofFetch(fetch.failure()) : meaning(failure);
        boolean expected = failure instanceof StoreException
                || failure instanceof ImapException
                || failure instanceof TokenException
                || failure instanceof FetchFailedException
                || failure instanceof FolderRenumberedException;
        return trouble.because(Cleaned.text(expected ? failure.getMessage() : failure.toString()));
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
        // A full disk: no use in fetching the same mails again every second.
        return passing(MailboxState.BROKEN, failure instanceof StoreException ? FOR_THE_DISK : Duration.ZERO);
    }

    private Trouble because(String why) {
        return new Trouble(state, result, lasting, least, why);
    }

    private static Trouble permanent(PermanentImapException.Reason reason) {
        return switch (reason) {
            case CREDENTIALS_REFUSED -> lasting(MailboxState.NEEDS_LOGIN, LoopResult.NEEDS_LOGIN);
            case NO_MECHANISM, NO_FOLDER, CRITERIA_REFUSED -> lasting(MailboxState.BROKEN, LoopResult.CONFIGURATION);
            case NOT_SECURE, PROTOCOL, MAIL_TOO_LARGE -> lasting(MailboxState.BROKEN, LoopResult.UNREACHABLE);
        };
    }

    private static Trouble lasting(MailboxState state, LoopResult result) {
        return new Trouble(state, result, true, Duration.ZERO, "");
    }

    private static Trouble passing(MailboxState state, Duration least) {
        return new Trouble(state, LoopResult.UNREACHABLE, false, least, "");
    }
}
