package io.mailroutes.smtp;

import io.mailroutes.sasl.SaslVerdict;
import jakarta.mail.MessagingException;

/** The server did not take the credential; on its way to become a {@link SmtpException}. */
final class LoginRefusedException extends MessagingException {
    private static final long serialVersionUID = 1L;
    private final transient SaslVerdict verdict;

    LoginRefusedException(SaslVerdict verdict) {
        super(verdict.words());
        this.verdict = verdict;
    }

    SaslVerdict verdict() {
        return verdict;
    }
}
