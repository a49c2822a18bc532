package io.mailroutes.oauth;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** How an exchange with an authorization server can go wrong. */
sealed interface Failure {
    /** No whole answer came. */
    record Unreachable(IOException reason) implements Failure {}

    /**
     * The server said no.
     *
     * @param retryAfter zero when it did not say
     * @param skew how far our clock is ahead of the server's; empty when the clocks agree, or it told no time
     * @param signed what of the request was signed
     * @param again whether the request before this one was refused as this one is
     */
    record Refused(
            int status, Duration retryAfter, ServerError error, Optional<Duration> skew, Signed signed, boolean again)
            implements Failure {
        Refused(int status, Duration retryAfter, ServerError error) {
            this(status, retryAfter, error, Optional.empty(), Signed.NOTHING, false);
        }

        static Refused of(HttpAnswer answer, Clock clock) {
            return of(answer, clock, Signed.NOTHING, false);
        }

        static Refused of(HttpAnswer answer, Clock clock, Signed signed, boolean again) {
            return new Refused(
                    answer.status(),
                    RetryAfter.of(answer, clock),
                    ServerError.of(answer),
                    ClockSkew.of(answer, clock),
                    signed,
                    again);
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
