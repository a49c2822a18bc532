package io.mailroutes.imap;

import static io.mailroutes.imap.Conversation.RESPONSE_LIMIT;

import io.mailroutes.message.UidSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/**
 * The commands of one stretch of fetching: two batches are asked for at a time, so that the server never waits for a
 * round trip (RFC 9051 section 5.5 allows it, and answers come in the order of the commands). What a batch is, the
 * {@link FetchPlan} says; one whose UIDs make too long a line is several commands.
 */
final class FetchPipeline {
    private static final int MOST_BATCHES = 2;

    private static final String TRIED = "fetching mails";

    /** @param completes the batch that has come when this command is answered; empty for all but its last command */
    private record Command(String tag, Optional<UidSet> completes) {}

    private final Conversation conversation;
    private final FetchPlan plan;
    private final MailSpool spool;
    private final Deque<Command> outstanding = new ArrayDeque<>();
    private final Fetched fetched = new Fetched(UidSet.EMPTY);
    private int batches;

    FetchPipeline(Conversation conversation, FetchPlan plan) {
        this.conversation = conversation;
        this.plan = plan;
        this.spool = new MailSpool(conversation.settings());
    }

    /** Whatever goes wrong, the connection is closed: of several commands nobody knows which were heard. */
    void run() {
        boolean complete = false;
        try {
            fill();
            while (!outstanding.isEmpty()) {
                Command command = outstanding.element();
                conversation.requireFetched(TRIED, answer(command));
                answered(command);
                fill();
            }
            complete = true;
        } finally {
            spool.discard();
            if (!complete) {
                conversation.wire().cut();
            }
        }
    }

    /** Asks for as much as may be asked for now. */
    private void fill() {
        while (batches < MOST_BATCHES) {
            Optional<UidSet> batch = plan.next(batches);
            if (batch.isEmpty()) {
                return;
            }
            if (!batch.get().isEmpty()) {
                ask(batch.get());
            }
        }
    }

    private Response answer(Command command) {
        return conversation.talk(
                TRIED, () -> conversation.protocol().finish(command.tag(), RESPONSE_LIMIT, spool, this::take));
    }

    /** Room that the plan has found meanwhile is used at once, not only when this batch is through. */
    private void take(IMAPResponse untagged) throws ProtocolException {
        fetched.mail(untagged, spool, plan::take);
        fill();
    }

    private void ask(UidSet batch) {
        fetched.expect(batch);
        batches++;
        String more = conversation.protocol().hasCapability(GmailItems.CAPABILITY) ? GmailItems.ALL : "";
        List<UidSet> chunks = UidChunks.of(batch);
        Iterator<UidSet> left = chunks.iterator();
        while (left.hasNext()) {
            String command =
                    "UID FETCH " + left.next().toCommand() + " (UID FLAGS INTERNALDATE" + more + " BODY.PEEK[])";
            String tag = conversation.talk(TRIED, () -> conversation.protocol().begin(command));
            outstanding.add(new Command(tag, left.hasNext() ? Optional.empty() : Optional.of(batch)));
        }
    }

    private void answered(Command command) {
        outstanding.remove();
        if (command.completes().isPresent()) {
            batches--;
            fetched.over(command.completes().get());
            plan.done(command.completes().get());
        }
    }
}
