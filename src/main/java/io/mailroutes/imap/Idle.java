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
    /** Where an idle stands; only one thread may write DONE, and only once. */
    private enum Phase {
        ASKED,
        IDLING,
        DONE
    }

    private final StreamingProtocol protocol;
    private final Wire wire;
    private final Duration answerLimit;
    private Phase phase = Phase.ASKED;
    private boolean woken;

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
            IMAPResponse response;
            try {
                response = protocol.next();
            } catch (InterruptedIOException quiet) { // SocketTimeoutException; what came of a line is kept
                if (!mayEnd()) {
                    throw quiet;
                }
                done();
                continue;
            }
            if (response.isTagged()) {
                return protocol.mine(response, tag);
            }
            if (response.isContinuation()) {
                begun();
            }
            waitOn(end);
        }
    }

    /** Ends it at once, from any thread; also before it has begun. */
    void wake() throws IOException {
        synchronized (this) {
            woken = true;
        }
        if (mayEnd()) {
            done();
        }
    }

    private synchronized void begun() {
        if (phase == Phase.ASKED) {
            phase = Phase.IDLING;
        }
    }

    private synchronized boolean mayEnd() {
        return phase == Phase.IDLING;
    }

    /** How long the next read may take; when there is nothing to wait for, the end is asked for. */
    private void waitOn(long end) throws IOException {
        boolean over;
        synchronized (this) {
            over = phase == Phase.IDLING && (woken || protocol.hasNews());
        }
        if (over) {
            done();
        } else if (mayEnd()) {
            wire.answerWithin(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
    }

    private void done() throws IOException {
        synchronized (this) {
            if (phase != Phase.IDLING) {
                return;
            }
            phase = Phase.DONE;
        }
        wire.answerWithin(answerLimit);
        protocol.writeDone();
    }
}
