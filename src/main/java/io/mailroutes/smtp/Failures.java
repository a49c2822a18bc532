package io.mailroutes.smtp;

import io.mailroutes.account.Account;
import io.mailroutes.account.MailServer;
import io.mailroutes.account.Security;
import io.mailroutes.imap.CertificateRefusedException;
import io.mailroutes.sasl.ServerText;
import io.mailroutes.smtp.PermanentSmtpException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong on the way to a server, in words that name the account, and whether trying again can help. */
final class Failures {
    private final Account account;
    private final MailServer server;

    Failures(Account account, MailServer server) {
        this.account = account;
        this.server = server;
    }

    /** The connection did not come about, or broke. */
    SmtpException broken(Throwable error) {
        @Nullable CertificateRefusedException certificate = find(error, CertificateRefusedException.class);
        if (certificate != null) {
            return permanent(Reason.NOT_SECURE, String.valueOf(certificate.getMessage()), error);
        }
        @Nullable SSLException tls = find(error, SSLException.class);
        if (tls != null) {
            return tls(tls);
        }
        if (find(error, UnknownHostException.class) != null) {
            return later("there is no host of this name (or no name server answers)", error);
        }
        if (find(error, SocketTimeoutException.class) != null) {
            return later("the server did not answer in time" + timeoutHint(), error);
        }
        if (find(error, ConnectException.class) != null) {
            return later("the connection was refused; check host, port and firewall", error);
        }
        @Nullable IOException io = find(error, IOException.class);
        String words = io == null ? "not an SMTP server's answer" : ServerText.clean(String.valueOf(io.getMessage()));
        return later("the connection was lost (" + words + ")", io);
    }

    private String timeoutHint() {
        return server.security() != Security.TLS && server.port() == 465
                ? "; port 465 speaks TLS from the start: use smtp-security=tls"
                : "";
    }

    private SmtpException tls(SSLException error) {
        String text = String.valueOf(error.getMessage());
        if (text.contains("Unsupported or unrecognized SSL message") || text.contains("plaintext connection")) {
            return permanent(
                    Reason.NOT_SECURE,
                    "the server does not speak TLS here; nothing secret was sent. Use smtp-security=starttls with port"
                            + " 587, or the port for TLS, 465",
                    error);
        }
        if (text.contains("protocol_version")
                || text.contains("handshake_failure")
                || text.contains("appropriate protocol")) {
            return permanent(Reason.NOT_SECURE, "the server has no TLS 1.2 or later that we share", error);
        }
        return later("TLS failed (" + ServerText.clean(text) + ")", error);
    }

    /** The server answered something else than it should before the login. */
    SmtpException answered(int code, String text) {
        String words = "the server said \"" + ServerText.clean(text) + "\"";
        return code / 100 == 5 ? permanent(Reason.PROTOCOL, words, null) : later(words, null);
    }

    private static <T extends Throwable> @Nullable T find(Throwable error, Class<T> kind) {
        @Nullable Throwable at = error;
        for (int depth = 0; at != null && depth < 10; depth++) {
            if (kind.isInstance(at)) {
                return kind.cast(at);
            }
            at = at.getCause();
        }
        return null;
    }

    PermanentSmtpException permanent(Reason reason, String words, @Nullable Throwable cause) {
        return new PermanentSmtpException(reason, where() + words, cause);
    }

    TransientSmtpException later(String words, @Nullable Throwable cause) {
        return later(words, Duration.ZERO, cause);
    }

    TransientSmtpException later(String words, Duration retryAfter, @Nullable Throwable cause) {
        return new TransientSmtpException(where() + words, retryAfter, cause);
    }

    private String where() {
        return "account " + account.name() + " at " + server.host() + ":" + server.port() + ": connecting to send: ";
    }
}
