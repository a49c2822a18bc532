package io.mailroutes.camel;

import java.util.List;
import java.util.Locale;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** What an SMTP server says while it is being handed a mail. */
final class SmtpFailure {
    /** The account may send no more today (Gmail, Exchange Online), or has lost its login. */
    private static final List<String> ACCOUNT =
            List.of("5.4.5", "daily user sending", "submissionquotaexceeded", "5.1.90", "5.7.57", "5.7.30");

    /** The account may not send as the author of this mail: the route's own setting, or the mail's. */
    private static final List<String> AUTHOR = List.of("5.7.60", "sendasdenied");

    private SmtpFailure() {}

    /**
     * 421, 530 and 535 speak of the connection; any other 4xx may be this mail's recipient (greylisting, a full mailbox)
     * or a server that is busy; 5xx is about the mail and its recipients (RFC 5321 section 4.2.1, RFC 4954 section 6).
     */
    static SinkFailure.Kind kind(Throwable failure) {
        int code = code(failure);
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (code == 421 || code == 530 || code == 535 || ACCOUNT.stream().anyMatch(text::contains)) {
            return SinkFailure.Kind.SINK;
        }
        boolean broken = code == -1;
        if (broken || code / 100 == 4 || AUTHOR.stream().anyMatch(text::contains)) {
            return SinkFailure.Kind.SINK_OR_MAIL;
        }
        return SinkFailure.Kind.MAIL;
    }

    private static int code(Throwable failure) {
        if (failure instanceof SMTPSendFailedException sending) {
            return sending.getReturnCode();
        }
        if (failure instanceof SMTPSenderFailedException sender) {
            return sender.getReturnCode();
        }
        return failure instanceof SMTPAddressFailedException recipient ? recipient.getReturnCode() : 0;
    }
}
