package io.mailroutes.imap;

import io.mailroutes.imap.PermanentImapException.Reason;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.angus.mail.iap.Response;

/** One wait for news by IDLE (RFC 2177). */
public final class MailWait {
    private static final String TRIED = "waiting for mail";

    private final Conversation conversation;
    private final Idle idle;
    private boolean refused;

    MailWait(Conversation conversation) {
        this.conversation = conversation;
        this.idle = new Idle(
                conversation.protocol(),
                conversation.wire(),
                conversation.settings().probeTimeout());
    }

    /**
     * Waits until a mail has come, somebody {@linkplain #wake wakes} it, or the time is over.
     *
     * @param atMost less than 29 minutes (RFC 2177); a round trip ends it, so short ones find a dead server
     */
    public void await(Duration atMost) {
        Response answer = conversation.talk(TRIED, () -> {
            conversation.protocol().expect(Conversation.RESPONSE_LIMIT);
            Response tagged = idle.run(atMost);
            conversation.wire().answerWithin(conversation.settings().answerTimeout());
            return tagged;
        });
        refused = !answer.isOK() && !isPassing(answer);
    }

    /** A throttled IDLE is no reason to do without. */
    private boolean isPassing(Response answer) {
        ImapException failure = conversation.failures().answered(TRIED, answer, Reason.PROTOCOL);
        if (failure instanceof TransientImapException) {
            conversation.wire().cut();
            throw failure;
        }
        return false;
    }

    /** Whether the server offers IDLE and answered it with NO or BAD: others have to be asked for news. */
    public boolean isRefused() {
        return refused;
    }

    /** Ends the wait at once, from any thread; also before it has begun. */
    public void wake() {
        try {
            idle.wake();
        } catch (IOException lost) {
            conversation.wire().cut(); // whoever waits finds out
        }
    }
}
