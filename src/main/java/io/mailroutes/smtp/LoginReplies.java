package io.mailroutes.smtp;

import io.mailroutes.sasl.SaslChallenge;
import io.mailroutes.sasl.SaslVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the refusal of an AUTH command means, by its code (RFC 4954 section 6) and the words of Google and Microsoft. */
final class LoginReplies {
    private static final List<String> FOR_A_PERSON = List.of(
            "smtpclientauthentication is disabled",
            "basic authentication is",
            "5.7.30",
            "5.7.9",
            "5.7.14",
            "security defaults policy",
            "did not meet the criteria",
            "user is locked");

    private LoginReplies() {}

    static SaslVerdict verdict(SmtpReply reply, SaslChallenge challenge) {
        SaslVerdict said = SaslVerdict.of(challenge, reply.code() + " " + reply.text());
        if (reply.isTransient()) {
            return new SaslVerdict(SaslVerdict.Kind.BUSY, "try later: " + said.words(), said.retryAfter());
        }
        if (said.kind() == SaslVerdict.Kind.RETRY_WITH_NEW_TOKEN && isForAPerson(reply)) {
            return new SaslVerdict(SaslVerdict.Kind.REFUSED, said.words(), Duration.ZERO);
        }
        return said;
    }

    /** 500 to 504 speak of the command, 538 of encryption: another token changes neither. */
    private static boolean isForAPerson(SmtpReply reply) {
        String lower = reply.text().toLowerCase(Locale.ROOT);
        return reply.code() != 535 && reply.code() != 550 && reply.code() != 554
                || FOR_A_PERSON.stream().anyMatch(lower::contains);
    }
}
