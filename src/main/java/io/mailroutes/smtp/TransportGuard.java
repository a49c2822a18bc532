package io.mailroutes.smtp;

import io.mailroutes.account.Account;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.MailServer;
import io.mailroutes.account.Security;
import io.mailroutes.imap.AllowedMechanisms;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.sasl.SaslMechanism;
import io.mailroutes.sasl.SaslVerdict;
import io.mailroutes.sasl.ServerText;
import io.mailroutes.smtp.PermanentSmtpException.Reason;
import io.mailroutes.token.NeedsLoginException;
import io.mailroutes.token.TokenException;
import io.mailroutes.token.TokenSource;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** From an account to a transport that is secured and logged in. */
final class TransportGuard {
    /** Where {@link GuardedTransports} leaves this for the transports of its session. */
    static final String KEY = "io.mailroutes.smtp.guard";

    private final Account account;
    private final MailServer server;
    private final TokenSource tokens;
    private final Failures failures;
    private final Advice advice;
    private final LastRefusal refusal;

    TransportGuard(Account account, MailServer server, TokenSource tokens, Clock clock) {
        this.account = account;
        this.server = server;
        this.tokens = tokens;
        this.failures = new Failures(account, server);
        this.advice = new Advice(account);
        this.refusal = new LastRefusal(clock);
    }

    static TransportGuard of(Session session) {
        if (session.getProperties().get(KEY) instanceof TransportGuard guard) {
            return guard;
        }
        throw new IllegalStateException("guarded transports come from GuardedTransports.session");
    }

    Account account() {
        return account;
    }

    /**
     * A token is for the server of its account and for no other, whatever a route's URI says. It is asked for before the
     * connection is made: a server that waits while an authorization server hangs would hang up. A refused token is
     * rejected and the next one tried, once.
     */
    void connect(GuardedSmtpTransport transport, String host, int port) throws SmtpException {
        if (!server.host().equalsIgnoreCase(host) || server.port() != port) {
            throw failures.permanent(
                    Reason.NOT_SECURE,
                    "the account's credential is for this server and not for " + host + ":" + port
                            + "; nothing was sent",
                    null);
        }
        AccessToken token = token();
        requireNotRefusedJustNow(token);
        try {
            attempt(transport, token);
        } catch (LoginRefusedException first) {
            boolean last = account.grant() == GrantType.PASSWORD
                    || first.verdict().kind() == SaslVerdict.Kind.REFUSED
                    || refusal.isRecent();
            if (last) {
                throw giveUp(first, token);
            }
            retry(transport, token, first);
        }
        refusal.forget();
    }

    private void requireNotRefusedJustNow(AccessToken token) throws SmtpException {
        Optional<String> words = refusal.of(token.value());
        if (words.isPresent()) {
            throw failures.permanent(Reason.CREDENTIALS_REFUSED, words.get(), null);
        }
    }

    private void retry(GuardedSmtpTransport transport, AccessToken stale, LoginRefusedException first)
            throws SmtpException {
        tokens.reject(stale);
        AccessToken renewed = token();
        if (renewed.value().equals(stale.value())) {
            throw giveUp(first, stale);
        }
        try {
            attempt(transport, renewed);
        } catch (LoginRefusedException second) {
            throw giveUp(second, renewed);
        }
    }

    private AccessToken token() throws SmtpException {
        try {
            return tokens.token();
        } catch (TokenException e) {
            String words = String.valueOf(e.getMessage());
            throw e instanceof NeedsLoginException
                    ? new PermanentSmtpException(Reason.CREDENTIALS_REFUSED, words, e)
                    : failures.later(words, e);
        }
    }

    private PermanentSmtpException giveUp(LoginRefusedException refused, AccessToken token) {
        String said = refused.verdict().words();
        String words = "the login of " + account.user() + " was refused: " + said + ". " + advice.after(said, token);
        refusal.remember(token.value(), words);
        return failures.permanent(Reason.CREDENTIALS_REFUSED, words, null);
    }

    private void attempt(GuardedSmtpTransport transport, AccessToken token)
            throws SmtpException, LoginRefusedException {
        boolean complete = false;
        try {
            open(transport);
            requireSecure(transport);
            logIn(transport, token.value().reveal());
            complete = true;
        } catch (IOException e) {
            throw failures.broken(e);
        } finally {
            if (!complete) {
                transport.abandon();
            }
        }
    }

    private void open(GuardedSmtpTransport transport) throws SmtpException {
        try {
            transport.open(server.host(), server.port());
        } catch (MessagingException e) {
            throw unopened(transport, e);
        }
        if (!transport.knowsExtensions()) {
            throw failures.answered(transport.getLastReturnCode(), String.valueOf(transport.getLastServerResponse()));
        }
    }

    private SmtpException unopened(GuardedSmtpTransport transport, MessagingException error) {
        boolean answered = error.getCause() == null && transport.getLastReturnCode() > 0;
        if (!answered) {
            return failures.broken(error);
        }
        boolean greeted = transport.knowsExtensions();
        if (greeted && !transport.isSSL() && server.security() == Security.STARTTLS) {
            String words = transport.supportsExtension("STARTTLS")
                    ? "the server offers STARTTLS and then refuses it; nothing secret was sent"
                    : "the server does not offer STARTTLS, or somebody in between took it away; nothing secret was sent."
                            + " Use smtp-security=tls if the server has a port for it";
            return failures.permanent(Reason.NOT_SECURE, words, null);
        }
        return failures.answered(transport.getLastReturnCode(), String.valueOf(transport.getLastServerResponse()));
    }

    private void requireSecure(GuardedSmtpTransport transport) throws SmtpException, IOException {
        boolean allowedInClear =
                server.security() == Security.NONE && transport.line().isToLoopback();
        if (!transport.isSSL() && !allowedInClear) {
            throw failures.permanent(
                    Reason.NOT_SECURE,
                    "the connection is not encrypted; nothing secret was sent. Use smtp-security=tls or starttls",
                    null);
        }
    }

    private void logIn(GuardedSmtpTransport transport, String credential)
            throws IOException, SmtpException, LoginRefusedException {
        List<SaslMechanism> allowed = AllowedMechanisms.of(account);
        List<String> offered = transport.mechanisms();
        Optional<SaslMechanism> mechanism = SaslMechanism.choose(
                offered.stream().map(name -> "AUTH=" + name).toList(), allowed);
        if (mechanism.isEmpty()) {
            throw failures.permanent(
                    Reason.NO_MECHANISM,
                    "the server offers " + (offered.isEmpty() ? "no AUTH" : ServerText.clean(String.join(" ", offered)))
                            + " and the account may use " + allowed
                            + "; nothing secret was sent. Check smtp-host, and whether the server has OAuth switched on"
                            + " for SMTP",
                    null);
        }
        try {
            String message = mechanism.get().initialResponse(account.user(), server.host(), server.port(), credential);
            new Authentication(transport.line(), mechanism.get()).run(message, credential);
        } catch (IllegalArgumentException e) {
            throw failures.permanent(Reason.CREDENTIALS_REFUSED, e.getMessage() + "; nothing was sent", null);
        } catch (LoginRefusedException refused) {
            throw passed(refused);
        }
    }

    private LoginRefusedException passed(LoginRefusedException refused) throws SmtpException {
        SaslVerdict verdict = refused.verdict();
        if (verdict.kind() == SaslVerdict.Kind.BUSY) {
            throw failures.later("logging in: " + verdict.words(), verdict.retryAfter(), null);
        }
        return refused;
    }
}
