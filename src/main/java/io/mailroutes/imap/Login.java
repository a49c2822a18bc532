package io.mailroutes.imap;

import io.mailroutes.account.Account;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.ProviderTable;
import io.mailroutes.account.Security;
import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.sasl.SaslVerdict;
import io.mailroutes.token.TokenSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.eclipse.angus.mail.iap.BadCommandException;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.jspecify.annotations.Nullable;

/** From an account to a connection that is secured and logged in. */
final class Login {
    private static final int AFTER_LOGIN = 1 << 20;
    /** Before the token's end: later than the source stops handing it out. */
    private static final Duration RENEW = Duration.ofSeconds(30);

    private static final int RENEW_PART = 20;

    private final Account account;
    private final TokenSource tokens;
    private final ImapSettings settings;
    private final Failures failures;

    Login(Account account, TokenSource tokens, ImapSettings settings) {
        this.account = account;
        this.tokens = tokens;
        this.settings = settings;
        this.failures = new Failures(account);
    }

    /** What came of it. */
    record Result(StreamingProtocol protocol, Wire wire, Optional<Instant> renewAt) {}

    Result open() {
        AccessToken token = tokens.token();
        try {
            return attempt(token);
        } catch (LoginRefusedException first) {
            if (account.grant() == GrantType.PASSWORD || first.verdict().kind() == SaslVerdict.Kind.REFUSED) {
                throw giveUp(first);
            }
            return retry(token, first);
        }
    }

    private Result retry(AccessToken stale, LoginRefusedException first) {
        tokens.reject(stale);
        AccessToken renewed = tokens.token();
        if (renewed.value().equals(stale.value())) {
            throw giveUp(first);
        }
        try {
            return attempt(renewed);
        } catch (LoginRefusedException second) {
            throw giveUp(second);
        }
    }

    private PermanentImapException giveUp(LoginRefusedException refusal) {
        String words = "the login of " + account.user() + " was refused: " + refusal.getMessage() + ". "
                + Advice.forRefusal(account, String.valueOf(refusal.getMessage()));
        PermanentImapException failure = failures.permanent(Reason.CREDENTIALS_REFUSED, words, null);
        tokens.refused(String.valueOf(failure.getMessage()));
        return failure;
    }

    private Result attempt(AccessToken token) throws LoginRefusedException {
        requireTlsOrLoopback();
        Wire wire = new Wire(account, settings);
        @Nullable StreamingProtocol protocol = null;
        boolean complete = false;
        try {
            protocol = StreamingProtocol.connect(account, wire);
            secure(protocol);
            logIn(protocol, token.value().reveal());
            complete = true;
            return new Result(protocol, wire, renewAt(token));
        } catch (LoginRefusedException refused) {
            throw refused;
        } catch (IOException | ProtocolException | UncheckedIOException e) {
            throw failures.broken("connecting", e);
        } finally {
            if (!complete) {
                wire.cut();
            }
        }
    }

    /**
     * Some providers cut a connection when the token ends that it was opened with. Shortly before, the token source
     * hands out the next one; then a new connection in a quiet moment is better than a cut in the middle of a mail.
     */
    private Optional<Instant> renewAt(AccessToken token) {
        boolean endsWithToken = account.grant() != GrantType.PASSWORD
                && ProviderTable.load()
                        .row(account.provider())
                        .filter(provider -> provider.imap().sessionEndsWithToken())
                        .isPresent();
        Duration early = Duration.between(token.issuedAt(), token.expiresAt()).dividedBy(RENEW_PART);
        Instant when = token.expiresAt().minus(early.compareTo(RENEW) < 0 ? early : RENEW);
        return endsWithToken ? Optional.of(when) : Optional.empty();
    }

    private void requireTlsOrLoopback() {
        if (account.imap().security() != Security.NONE) {
            return;
        }
        try {
            if (!InetAddress.getByName(account.imap().host()).isLoopbackAddress()) {
                throw failures.permanent(
                        Reason.NOT_SECURE,
                        "security=none is for loopback addresses only; nothing was sent. Use security=tls or starttls",
                        null);
            }
        } catch (IOException e) {
            throw failures.broken("connecting", e);
        }
    }

    private void secure(StreamingProtocol protocol) throws IOException, ProtocolException {
        if (account.imap().security() != Security.STARTTLS) {
            return;
        }
        if (!protocol.hasCapability("STARTTLS")) {
            throw new NotOfferedException(
                    Reason.NOT_SECURE,
                    "the server does not offer STARTTLS, or somebody in between took it away; nothing secret was sent."
                            + " Use security=tls if the server has a port for it");
        }
        try {
            protocol.startTLS();
        } catch (CommandFailedException | BadCommandException refused) {
            throw new NotOfferedException(
                    Reason.NOT_SECURE, "the server offers STARTTLS and then refuses it; nothing secret was sent");
        }
        // What was said before TLS is worth nothing (RFC 9051 section 6.2.1).
        protocol.capability();
    }

    private void logIn(StreamingProtocol protocol, String credential) throws IOException, ProtocolException {
        Map<String, String> before = protocol.getCapabilities();
        try {
            protocol.logIn(credential);
        } catch (LoginRefusedException refused) {
            if (refused.verdict().kind() == SaslVerdict.Kind.BUSY) {
                throw failures.busy(
                        "logging in",
                        String.valueOf(refused.getMessage()),
                        refused.verdict().retryAfter());
            }
            throw refused;
        }
        if (protocol.getCapabilities() == before) {
            readCapabilities(protocol);
        }
    }

    /** Exchange does not push them, and they differ after login (RFC 9051 section 6.2.2). */
    private void readCapabilities(StreamingProtocol protocol) throws IOException, ProtocolException {
        Response answer = protocol.run("CAPABILITY", AFTER_LOGIN, null, untagged -> {});
        if (!answer.isOK()) {
            throw failures.answered("reading the capabilities after login", answer, Reason.PROTOCOL);
        }
    }
}
