package io.mailroutes.imap;

import io.mailroutes.message.UidSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A plan whose batches are known beforehand. */
final class ListedBatches implements FetchPlan {
    private final Deque<UidSet> left = new ArrayDeque<>();
    private final Consumer<FetchedMail> receiver;
    private final List<UidSet> done = new ArrayList<>();

    private ListedBatches(Consumer<FetchedMail> receiver, UidSet... batches) {
        this.receiver = receiver;
        left.addAll(List.of(batches));
    }

    static ListedBatches of(Consumer<FetchedMail> receiver, UidSet... batches) {
        return new ListedBatches(receiver, batches);
    }

    @Override
    public Optional<UidSet> next(int outstanding) {
        return Optional.ofNullable(left.poll());
    }

    @Override
    public void take(FetchedMail mail) {
        receiver.accept(mail);
    }

    @Override
    public void done(UidSet batch) {
        done.add(batch);
    }

    List<UidSet> done() {
        return done;
    }
}
