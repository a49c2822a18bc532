package io.mailroutes.smtp;

import jakarta.mail.MessagingException;
import org.jspecify.annotations.Nullable;

/**
 * No connection that may send for the account came about: no mail is the cause of that. Never an
 * {@code AuthenticationFailedException}, after which Jakarta Mail would try once more. The message names the account,
 * what was tried and what to do.
 */
public abstract sealed class SmtpException extends MessagingException
        permits TransientSmtpException, PermanentSmtpException {
    private static final long serialVersionUID = 1L;

    SmtpException(String message, @Nullable Throwable cause) {
        // MessagingException has its own idea of a cause, which it does not let be set otherwise.
        super(message, cause instanceof Exception exception ? exception : null);
    }
}
