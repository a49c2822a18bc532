package io.mailroutes.imap;

import io.mailroutes.account.Account;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.MailServer;
import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.sasl.SaslVerdict;
import io.mailroutes.token.TokenSource;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.util.Properties;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.util.MailLogger;

/** What both guarded stores do differently from the stock ones. */
final class StoreGuard {
    /** Where {@link GuardedStores} leaves this for the stores of its session. */
    static final String KEY = "io.mailroutes.guard";

    private final Account account;
    private final TokenSource tokens;
    private final Failures failures;

    StoreGuard(Account account, TokenSource tokens) {
        this.account = account;
        this.tokens = tokens;
        this.failures = new Failures(account);
    }

    static StoreGuard of(Session session) {
        if (session.getProperties().get(KEY) instanceof StoreGuard guard) {
            return guard;
        }
        throw new IllegalStateException("guarded stores come from GuardedStores.session");
    }

    /** A token is for the server of its account and for no other, whatever a route's URI says. */
    IMAPProtocol connect(String name, String host, int port, Properties properties, boolean tls, MailLogger logger)
            throws IOException, ProtocolException {
        MailServer own = account.imap();
        if (!host.equalsIgnoreCase(own.host()) || port != own.port()) {
            throw new NotOfferedException(
                    Reason.NOT_SECURE,
                    "the account's token is for " + own.host() + ":" + own.port() + " and not for " + host + ":" + port
                            + "; nothing was sent");
        }
        return new StoreProtocol(account, name, new GuardedProtocol.Server(host, port), properties, tls, logger);
    }

    /** In words; and a token that was refused is not handed out again. */
    MessagingException explained(MessagingException error, String credential, Refusals refusals) {
        Throwable cause = error.getCause();
        if (cause instanceof LoginRefusedException refused) {
            return refused(refused, credential, refusals);
        }
        // Jakarta Mail asks the authenticator again after an AuthenticationFailedException: not where that cannot help.
        if (cause instanceof NotOfferedException not && not.reason() != Reason.NOT_SECURE) {
            return authentication(
                    String.valueOf(failures.broken("connecting", cause).getMessage()));
        }
        if (cause == null) {
            return error;
        }
        return new MessagingException(
                String.valueOf(failures.broken("connecting", cause).getMessage()),
                cause instanceof IOException io ? io : null);
    }

    private MessagingException refused(LoginRefusedException refusal, String credential, Refusals refusals) {
        SaslVerdict verdict = refusal.verdict();
        String login = "logging in " + account.user() + ": ";
        if (verdict.kind() == SaslVerdict.Kind.BUSY) {
            return new MessagingException(
                    String.valueOf(failures.later(login + verdict.words(), null).getMessage()));
        }
        PermanentImapException failure = failures.permanent(
                Reason.CREDENTIALS_REFUSED,
                login + "refused: " + verdict.words() + ". " + Advice.forRefusal(account),
                null);
        boolean last = account.grant() == GrantType.PASSWORD || verdict.kind() == SaslVerdict.Kind.REFUSED;
        if (last || refusals.isSecond(credential)) {
            tokens.refused(String.valueOf(failure.getMessage()));
        } else {
            tokens.cached()
                    .filter(token -> token.value().reveal().equals(credential))
                    .ifPresent(tokens::reject);
        }
        return authentication(String.valueOf(failure.getMessage()));
    }

    private static AuthenticationFailedException authentication(String words) {
        return new AuthenticationFailedException(words);
    }
}
