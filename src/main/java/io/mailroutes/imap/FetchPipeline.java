package io.mailroutes.imap;

import io.mailroutes.message.UidSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The commands of one stretch of fetching: two batches are asked for at a time, so that the server never waits for a
 * round trip (RFC 9051 section 5.5 allows it, and answers come in the order of the commands). What a batch is, the
 * {@link FetchPlan} says; one whose UIDs make too long a line is several commands.
 */
final class FetchPipeline {
    private static final int MOST_BATCHES = 2;

    /** @param completes the batch that has come when this command is answered; empty for all but its last command */
    record Command(String tag, Optional<UidSet> completes) {}

    private final FetchPlan plan;
    private final Deque<Command> outstanding = new ArrayDeque<>();
    private final Fetched fetched = new Fetched(UidSet.EMPTY);
    private int batches;

    FetchPipeline(FetchPlan plan) {
        this.plan = plan;
    }

    /** Sends a line and tells its tag. */
    @FunctionalInterface
    interface Line {
        String send(UidSet uids);
    }

    /** Asks for as much as may be asked for now. */
    void fill(Line line) {
        while (batches < MOST_BATCHES) {
            Optional<UidSet> batch = plan.next(batches);
            if (batch.isEmpty()) {
                return;
            }
            if (!batch.get().isEmpty()) {
                ask(batch.get(), line);
            }
        }
    }

    private void ask(UidSet batch, Line line) {
        fetched.expect(batch);
        batches++;
        List<UidSet> chunks = UidChunks.of(batch);
        Iterator<UidSet> left = chunks.iterator();
        while (left.hasNext()) {
            String tag = line.send(left.next());
            outstanding.add(new Command(tag, left.hasNext() ? Optional.empty() : Optional.of(batch)));
        }
    }

    /** The command whose answer comes next; empty when the stretch is over. */
    Optional<Command> head() {
        return Optional.ofNullable(outstanding.peek());
    }

    /** Tells the mails that were asked for from what servers send unasked. */
    Fetched fetched() {
        return fetched;
    }

    void answered(Command command) {
        outstanding.remove();
        if (command.completes().isPresent()) {
            batches--;
            fetched.over(command.completes().get());
            plan.done(command.completes().get());
        }
    }
}
