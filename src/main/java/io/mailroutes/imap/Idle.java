package io.mailroutes.imap;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/**
 * One IDLE (RFC 2177) from its command to its tagged answer. DONE and the answer to it are a round trip, so each one
 * that ends well proves that the server is there; a server that says nothing to DONE is not.
 */
final class Idle {
    /** Where an idle stands; only one thread may write DONE, only once, and never after the end. */
    private enum Phase {
        ASKED,
        IDLING,
        DONE,
        ENDED
    }

    private final StreamingProtocol protocol;
    private final Wire wire;
    private final Duration answerLimit;
    private Phase phase = Phase.ASKED;
    private boolean woken;
    private long doneAt;

    Idle(StreamingProtocol protocol, Wire wire, Duration answerLimit) {
        this.protocol = protocol;
        this.wire = wire;
        this.answerLimit = answerLimit;
    }

    /**
     * Waits until the server tells of something new, somebody {@linkplain #wake wakes} it or the time is over.
     *
     * @return the tagged answer; NO and BAD when the server does not do it
     */
    Response run(Duration atMost) throws IOException, ProtocolException {
        long end = System.nanoTime() + atMost.toNanos();
        wire.answerWithin(answerLimit);
        String tag = protocol.begin("IDLE");
        while (true) {
            try {
                IMAPResponse response = protocol.next();
                if (response.isTagged()) {
                    ended();
                    return protocol.mine(response, tag);
                }
                if (response.isContinuation()) {
                    begun();
                }
                waitOn(end);
            } catch (InterruptedIOException quiet) { // SocketTimeoutException; what came of a line is kept
                afterQuiet(quiet);
            }
        }
    }

    /** Ends it at once, from any thread; also before it has begun, and without effect after its end. */
    synchronized void wake() throws IOException {
        woken = true;
        done();
    }

    private synchronized void begun() {
        if (phase == Phase.ASKED) {
            phase = Phase.IDLING;
        }
    }

    /** Some servers end an idle by themselves: then nobody may write DONE any more, which would be no command. */
    private synchronized void ended() {
        phase = Phase.ENDED;
    }

    /** How long the next read may take; when there is nothing to wait for, the end is asked for. */
    private synchronized void waitOn(long end) throws IOException {
        long left = end - System.nanoTime();
        if (left <= 0 || woken || protocol.hasNews()) {
            done();
        } else if (phase == Phase.IDLING) {
            wire.answerWithin(Duration.ofNanos(left));
        }
    }

    /** The time may have run out in the moment in which another thread wrote DONE: its answer has time of its own. */
    private synchronized void afterQuiet(InterruptedIOException quiet) throws IOException {
        long left = answerLimit.toNanos() - (System.nanoTime() - doneAt);
        if (phase == Phase.ASKED || phase == Phase.DONE && left <= 0) {
            throw quiet;
        }
        if (phase == Phase.DONE) {
            wire.answerWithin(Duration.ofNanos(left));
        }
        done();
    }

    /** Written under the lock, so that it cannot come after the end and in the middle of another command. */
    private synchronized void done() throws IOException {
        if (phase == Phase.IDLING) {
            phase = Phase.DONE;
            doneAt = System.nanoTime();
            wire.answerWithin(answerLimit);
            protocol.writeDone();
        }
    }
}
