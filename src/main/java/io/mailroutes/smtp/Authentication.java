package io.mailroutes.smtp;

import io.mailroutes.sasl.SaslChallenge;
import io.mailroutes.sasl.SaslMechanism;
import java.io.IOException;

/** The AUTH command (RFC 4954) with one mechanism and one credential. */
final class Authentication {
    /** A command line with its CRLF (RFC 5321 section 4.5.3.1.4); what does not fit waits for the server's 334. */
    private static final int LONGEST_COMMAND = 512 - 2;

    private static final int ACCEPTED = 235;
    private static final int CHALLENGE = 334;
    private static final int CHALLENGES = 5;

    private final Line line;
    private final SaslMechanism mechanism;

    Authentication(Line line, SaslMechanism mechanism) {
        this.line = line;
        this.mechanism = mechanism;
    }

    /**
     * @param message the mechanism's first message, in base64
     * @param credential to be hidden in whatever the server says
     */
    void run(String message, String credential) throws IOException, LoginRefusedException {
        String command = "AUTH " + mechanism.name();
        String whole = command + " " + message;
        boolean sent = whole.length() <= LONGEST_COMMAND;
        SmtpReply reply = line.ask(sent ? whole : command);
        if (!sent && reply.code() == CHALLENGE) {
            reply = line.ask(message);
        }
        SaslChallenge challenge = SaslChallenge.NONE;
        for (int count = 0; reply.code() == CHALLENGE; count++) {
            if (count == CHALLENGES) {
                throw new IOException("the server sent challenge after challenge during login");
            }
            challenge = SaslChallenge.parse(reply.text());
            reply = line.ask(mechanism.answerToChallenge());
        }
        if (reply.code() != ACCEPTED) {
            String text = reply.text().replace(message, "***").replace(credential, "***");
            throw new LoginRefusedException(LoginReplies.verdict(new SmtpReply(reply.code(), text), challenge));
        }
    }
}
