package io.mailroutes.account;

import java.time.Duration;
import java.util.Optional;

/**
 * What is known of a provider's IMAP server. What is empty is not known, or there is no such limit.
 *
 * @param idle whether IDLE (RFC 2177) is of use
 * @param connectionLimit connections at the same time to one mailbox that are safe
 * @param messageLimit messages of a folder that are seen without UIDONLY, the newest (RFC 9738 MESSAGELIMIT)
 * @param sessionEndsWithToken whether a connection is cut when the access token ends that it was opened with
 * @param sessionLength the longest life of a connection otherwise
 */
public record ImapBehaviour(
        Optional<Idle> idle,
        Optional<Integer> connectionLimit,
        Optional<Integer> messageLimit,
        boolean sessionEndsWithToken,
        Optional<Duration> sessionLength) {

    /** Whether IDLE is of use. */
    public enum Idle {
        YES,
        /** It is there, or not on every server, and says too little: poll beside it. */
        UNRELIABLE,
        /** Not there. */
        NO
    }

    static ImapBehaviour read(BlockLines lines) {
        return new ImapBehaviour(
                lines.choice("idle", Idle.values(), TableWord::of),
                lines.line("connection-limit").map(Integer::valueOf),
                lines.line("message-limit").map(Integer::valueOf),
                lines.says("session-ends-with-token", "yes"),
                lines.line("session-length").map(Duration::parse));
    }
}
