package io.mailroutes.imap;

import io.mailroutes.account.Account;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.MailServer;
import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.sasl.SaslVerdict;
import io.mailroutes.token.NeedsLoginException;
import io.mailroutes.token.TokenException;
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
    private final Refusals refusals = new Refusals();

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

    /**
     * A token is for the server of its account and for no other, whatever a route's URI says. It is asked for before the
     * connection is made: a server that waits while an authorization server hangs would hang up.
     *
     * @throws TokenException when there is none
     */
    IMAPProtocol connect(String name, String host, int port, Properties properties, boolean tls, MailLogger logger)
            throws IOException, ProtocolException {
        MailServer own = account.imap();
        if (!host.equalsIgnoreCase(own.host()) || port != own.port()) {
            throw new NotOfferedException(
                    Reason.NOT_SECURE,
                    "the account's token is for " + own.host() + ":" + own.port() + " and not for " + host + ":" + port
                            + "; nothing was sent");
        }
        AccessToken token = tokens.token();
        GuardedProtocol.Server server = new GuardedProtocol.Server(host, port);
        return new StoreProtocol(account, name, server, properties, tls, logger) {
            @Override
            void logIn() throws IOException, ProtocolException {
                StoreGuard.this.logIn(this, token);
            }
        };
    }

    /** Notes what became of the token here, for a pooled connection's failure never reaches the store's connect. */
    private void logIn(StoreProtocol protocol, AccessToken token) throws IOException, ProtocolException {
        try {
            protocol.logIn(token.value().reveal());
            refusals.forget();
        } catch (LoginRefusedException refusal) {
            refused(refusal.verdict(), token);
            throw refusal;
        }
    }

    /** A token that was refused is not handed out again; a second new one is not even asked for. */
    private void refused(SaslVerdict verdict, AccessToken token) {
        if (verdict.kind() == SaslVerdict.Kind.BUSY) {
            return;
        }
        boolean last = account.grant() == GrantType.PASSWORD || verdict.kind() == SaslVerdict.Kind.REFUSED;
        if (last || refusals.isSecond(token.value())) {
            tokens.refused(inWords(verdict));
        } else {
            tokens.reject(token);
        }
    }

    /** In words, and of the kind that makes Jakarta Mail ask once more or not. */
    MessagingException explained(MessagingException error) {
        Throwable cause = error.getCause();
        if (cause instanceof LoginRefusedException refusal) {
            SaslVerdict verdict = refusal.verdict();
            return verdict.kind() == SaslVerdict.Kind.BUSY
                    ? new MessagingException(inWords(verdict))
                    : new AuthenticationFailedException(inWords(verdict));
        }
        // Jakarta Mail asks the authenticator again after an AuthenticationFailedException: not where that cannot help.
        if (cause instanceof NotOfferedException not && not.reason() != Reason.NOT_SECURE) {
            return new AuthenticationFailedException(
                    String.valueOf(failures.broken("connecting", cause).getMessage()));
        }
        if (cause == null) {
            return error;
        }
        return new MessagingException(
                String.valueOf(failures.broken("connecting", cause).getMessage()),
                cause instanceof IOException io ? io : null);
    }

    private String inWords(SaslVerdict verdict) {
        String login = "logging in " + account.user() + ": ";
        ImapException failure = verdict.kind() == SaslVerdict.Kind.BUSY
                ? failures.busy("logging in " + account.user(), verdict.words(), verdict.retryAfter())
                : failures.permanent(
                        Reason.CREDENTIALS_REFUSED,
                        login + "refused: " + verdict.words() + ". " + Advice.forRefusal(account, verdict.words()),
                        null);
        return String.valueOf(failure.getMessage());
    }

    /** There is no token; its exception names the account and holds no secret. */
    static MessagingException explained(TokenException error) {
        return error instanceof NeedsLoginException
                ? new AuthenticationFailedException(error.getMessage(), error)
                : new MessagingException(error.getMessage(), error);
    }
}
