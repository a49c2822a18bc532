package io.mailroutes.oauth;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** How an exchange with an authorization server can go wrong. */
sealed interface Failure {
    /** No whole answer came. */
    record Unreachable(IOException reason) implements Failure {}

    /**
     * The server said no.
     *
     * @param retryAfter zero when it did not say
     * @param signed what of the request was signed
     */
    record Refused(int status, Duration retryAfter, ServerError error, Signed signed) implements Failure {
        Refused(int status, Duration retryAfter, ServerError error) {
            this(status, retryAfter, error, Signed.NOTHING);
        }

        /** Assertions fail on wrong clocks more than on anything else, so a wrong clock is named. */
        static Refused of(HttpAnswer answer, Signed signed, Clock clock) {
            ServerError error = ServerError.of(answer);
            ServerError told = signed == Signed.NOTHING
                    ? error
                    : ClockSkew.words(answer, clock).map(error::noting).orElse(error);
            return new Refused(answer.status(), RetryAfter.of(answer, clock), told, signed);
        }
    }

    /** An answer came that is not what the RFC promises. */
    record Malformed(String problem) implements Failure {}

    /** A command ended well and printed no token. */
    record BadOutput(String problem) implements Failure {}

    /** What came is not even JSON: the page of something in between. */
    record NotJson(String problem) implements Failure {}

    /** The token is good for less than was asked. */
    record Narrowed(String missingScope, boolean byUser) implements Failure {}

    /** What is configured cannot be used, and nothing was sent. */
    record Unusable(String problem) implements Failure {}

    /** Something that comes and goes is not there now, and nothing was sent. */
    record NotReady(String problem) implements Failure {}
}
