package io.mailroutes.cli;

import io.mailroutes.imap.PermanentImapException;
import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.imap.TransientImapException;
import io.mailroutes.oauth.PermanentOAuthException;
import io.mailroutes.oauth.PermanentOAuthException.Kind;
import io.mailroutes.oauth.TransientOAuthException;
import io.mailroutes.store.TransientStoreException;
import io.mailroutes.token.NeedsLoginException;
import io.mailroutes.token.TransientTokenException;
import java.io.PrintWriter;

/** How a command ends that did not do what it was asked for. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ExitCode code;

    CommandFailure(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    /** Says what happened and returns the exit code. */
    static int report(Exception failure, PrintWriter words) {
        words.println(StartFailure.inWords(failure));
        words.flush();
        return code(failure).code();
    }

    private static ExitCode code(Exception failure) {
        if (failure instanceof CommandFailure known) {
            return known.code;
        }
        boolean passing = failure instanceof TransientOAuthException
                || failure instanceof TransientTokenException
                || failure instanceof TransientImapException
                || failure instanceof TransientStoreException;
        boolean person = failure instanceof NeedsLoginException
                || failure instanceof PermanentOAuthException refused
                        && (refused.kind() == Kind.RECONSENT || refused.kind() == Kind.ADMINISTRATOR)
                || failure instanceof PermanentImapException refused && refused.reason() == Reason.CREDENTIALS_REFUSED;
        return passing ? ExitCode.UNREACHABLE : person ? ExitCode.NEEDS_LOGIN : ExitCode.CONFIGURATION;
    }
}
