package io.mailroutes.imap;

import io.mailroutes.account.Account;
import io.mailroutes.account.Security;
import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.imap.TransientImapException.Kind;
import io.mailroutes.sasl.ServerText;
import io.mailroutes.sasl.Throttling;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.jspecify.annotations.Nullable;

/** What went wrong on a connection, in words that name the account, and whether trying again can help. */
final class Failures {
    /** Exchange: {@code Session invalidated - AccessTokenExpired}; Gmail: {@code Session expired, please login again}. */
    private static final List<String> SESSION_ENDED = List.of("accesstokenexpired", "session expired", "session inv");

    private final Account account;

    Failures(Account account) {
        this.account = account;
    }

    /** The server answered NO or BAD to what was tried. */
    ImapException answered(String tried, Response response, Reason reason) {
        String text = ServerText.clean(response.getRest());
        Optional<ImapException> passing = passing(tried, text);
        return passing.orElseGet(() -> permanent(
                response.isBAD() ? Reason.PROTOCOL : reason,
                tried + ": the server answered " + (response.isBAD() ? "BAD \"" : "NO \"") + text + "\"",
                null));
    }

    private Optional<ImapException> passing(String tried, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("authenticated but not connected")) {
            return Optional.of(passing(
                    Kind.MAILBOX_NOT_OPENED,
                    tried + ": the token is good, but Exchange does not open the mailbox (\"" + text
                            + "\"). It may be overloaded, and it will be tried again; if it stays so, check user, the"
                            + " scope, and " + Advice.EXCHANGE_RIGHTS,
                    Duration.ZERO));
        }
        if (SESSION_ENDED.stream().anyMatch(lower::contains)) {
            return Optional.of(passing(
                    Kind.SESSION_ENDED,
                    tried + ": the server ended the session with its token (" + text
                            + "), as it does by the hour; a new one begins at once",
                    Duration.ZERO));
        }
        return Throttling.in(text).map(busy -> busy(tried, "the server is busy: " + text, busy.retryAfter()));
    }

    /** The server, or the account's share of it, is used up for now. */
    TransientImapException busy(String tried, String words, Duration retryAfter) {
        String pause =
                retryAfter.isZero() ? "" : " It is left alone for " + (retryAfter.toMillis() + 999) / 1000 + " s.";
        String said = words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
        return passing(Kind.BUSY, tried + ": " + said + ". " + Advice.forBusy(account, words) + pause, retryAfter);
    }

    private TransientImapException passing(Kind kind, String words, Duration retryAfter) {
        return new TransientImapException(kind, where() + words, retryAfter, null);
    }

    /** The connection broke, or what came over it was no IMAP. */
    ImapException broken(String tried, Throwable error) {
        Throwable cause = unwrap(error);
        if (cause instanceof ServerByeException bye) {
            String text = String.valueOf(bye.getMessage());
            return passing(tried, text)
                    .orElseGet(() -> later(tried + ": the server ended the connection: " + text, null));
        }
        if (cause instanceof NotOfferedException not) {
            return permanent(not.reason(), tried + ": " + not.getMessage(), null);
        }
        if (cause instanceof MailTooLargeException large) {
            return PermanentImapException.tooLarge(where() + tried + ": " + large.getMessage(), large);
        }
        if (cause instanceof LimitExceededException limit) {
            return permanent(Reason.PROTOCOL, tried + ": the server sent " + limit.getMessage(), limit);
        }
        if (cause instanceof SpoolFailedException full) {
            return later(tried + ": the temporary file could not be written: " + full.getMessage(), full);
        }
        if (cause instanceof IOException io) {
            return lost(tried, io);
        }
        if (cause instanceof MalformedFetchException) {
            return later(tried + ": " + cause.getMessage() + "; the connection was closed", null);
        }
        if (cause instanceof ProtocolException said && said.getResponse() != null) {
            return answered(tried, said.getResponse(), Reason.PROTOCOL);
        }
        // The message of a ProtocolException of Angus may be the server's raw line: neither quoted nor chained.
        String words = cause.getClass() == ProtocolException.class
                ? String.valueOf(cause.getMessage())
                : "the server's answer cannot be read";
        return permanent(Reason.PROTOCOL, tried + ": " + words, null);
    }

    private ImapException lost(String tried, IOException error) {
        CertificateRefusedException certificate = find(error, CertificateRefusedException.class);
        if (certificate != null) {
            return permanent(Reason.NOT_SECURE, tried + ": " + certificate.getMessage(), error);
        }
        SSLException tls = find(error, SSLException.class);
        if (tls != null) {
            return tls(tried, tls);
        }
        if (find(error, UnknownHostException.class) != null) {
            return later(tried + ": there is no host of this name (or no name server answers)", error);
        }
        if (find(error, SocketTimeoutException.class) != null) {
            return later(tried + ": the server did not answer in time" + timeoutHint(), error);
        }
        if (find(error, ConnectException.class) != null) {
            return later(tried + ": the connection was refused; check host, port and firewall", error);
        }
        if (error instanceof EOFException) {
            return later(tried + ": the server closed the connection", error);
        }
        return later(
                tried + ": the connection was lost (" + ServerText.clean(String.valueOf(error.getMessage())) + ")",
                error);
    }

    private String timeoutHint() {
        return account.imap().security() != Security.TLS && account.imap().port() == 993
                ? "; port 993 speaks TLS from the start: use security=tls"
                : "";
    }

    private ImapException tls(String tried, SSLException error) {
        String text = String.valueOf(error.getMessage());
        if (text.contains("Unsupported or unrecognized SSL message") || text.contains("plaintext connection")) {
            return permanent(
                    Reason.NOT_SECURE,
                    tried
                            + ": the server does not speak TLS on this port; nothing secret was sent. Use security=starttls"
                            + " with port 143, or the port for TLS, 993",
                    error);
        }
        if (text.contains("protocol_version")
                || text.contains("handshake_failure")
                || text.contains("appropriate protocol")) {
            return permanent(Reason.NOT_SECURE, tried + ": the server has no TLS 1.2 or later that we share", error);
        }
        return later(tried + ": TLS failed (" + ServerText.clean(text) + ")", error);
    }

    /** What Angus hid in a made-up BYE or wrapped. */
    private static Throwable unwrap(Throwable error) {
        if (error instanceof UncheckedIOException unchecked) {
            return unchecked.getCause();
        }
        if (!(error instanceof ProtocolException protocol)) {
            return error;
        }
        Response response = protocol.getResponse();
        if (response != null && response.isSynthetic() && response.getException() != null) {
            return unwrap(response.getException());
        }
        if (response != null && response.isBYE()) {
            return new ServerByeException(response.getRest());
        }
        return protocol.getCause() == null ? protocol : unwrap(protocol.getCause());
    }

    private static <T extends Throwable> @Nullable T find(Throwable error, Class<T> kind) {
        Throwable at = error;
        for (int depth = 0; at != null && depth < 10; depth++) {
            if (kind.isInstance(at)) {
                return kind.cast(at);
            }
            at = at.getCause();
        }
        return null;
    }

    PermanentImapException permanent(Reason reason, String words, @Nullable Throwable cause) {
        return new PermanentImapException(reason, where() + words, cause);
    }

    TransientImapException later(String words, @Nullable Throwable cause) {
        return new TransientImapException(where() + words, Duration.ZERO, cause);
    }

    private String where() {
        return "account " + account.name() + " at " + account.imap().host() + ":"
                + account.imap().port() + ": ";
    }
}
