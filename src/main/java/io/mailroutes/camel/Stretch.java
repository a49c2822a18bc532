package io.mailroutes.camel;

import io.mailroutes.imap.FetchPlan;
import io.mailroutes.imap.FetchedMail;
import io.mailroutes.imap.SelectedFolder;
import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailLimits;
import io.mailroutes.message.UidSet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches batches for as long as there is room for their mails and the server need not be told anything, and hands the
 * mails to the route as they come. While the route has as many bytes as it may, the server is kept waiting.
 */
final class Stretch implements FetchPlan {
    private static final Logger LOG = LoggerFactory.getLogger(Stretch.class);

    /** So long may a stretch last: then the server is told what is delivered. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final Folder folder;
    private final SelectedFolder selected;
    private final Queue<UidSet> batches;
    private final Deque<UidSet> asked = new ArrayDeque<>();
    private final List<Long> received = new ArrayList<>();
    private final long end = System.nanoTime() + LONGEST.toNanos();

    /** @param batches what is asked for is taken out of it */
    Stretch(Folder folder, SelectedFolder selected, Queue<UidSet> batches) {
        this.folder = folder;
        this.selected = selected;
        this.batches = batches;
    }

    @Override
    public Optional<UidSet> next(int outstanding) {
        boolean over = folder.isStopping() || folder.isSinkDown() || System.nanoTime() - end > 0;
        boolean room = folder.inFlight().bytes() <= folder.options().prefetchSize() / 2;
        if (batches.isEmpty() || over || !room) {
            return Optional.empty();
        }
        UidSet batch = batches.remove();
        asked.add(batch);
        return Optional.of(batch);
    }

    @Override
    public void take(FetchedMail mail) {
        received.add(mail.uid());
        folder.status().alive();
        if (folder.isStopping() || folder.isSinkDown()) {
            mail.content().discard(); // it stays on the server
            return;
        }
        folder.deliverer().deliver(toMail(mail));
        folder.settleWhenDue();
        awaitRoom();
    }

    /** The server's sizes may be wrong, and a batch is asked for before the last one has come. */
    private void awaitRoom() {
        try {
            while (folder.inFlight().bytes() > folder.options().prefetchSize()
                    && !folder.isStopping()
                    && !folder.isSinkDown()
                    && !folder.isStuck()) {
                folder.await(LOOK_AGAIN);
                folder.settleWhenDue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void done(UidSet batch) {
        asked.remove(batch);
        UidSet came = UidSet.of(received).and(batch);
        received.removeIf(came::contains);
        folder.fetchTrouble().fetched(came);
        noteNotSent(batch.minus(came));
    }

    /** A mail that is listed and not sent must not be missing in silence. */
    private void noteNotSent(UidSet missing) {
        UidSet again = folder.fetchTrouble().notSent(missing);
        if (!again.isEmpty()) {
            LOG.warn(
                    "{}/{}: the server lists the mails with UID {} and does not send them; they are asked for again, the"
                            + " others go on",
                    folder.options().account(),
                    folder.name(),
                    again);
        }
    }

    /** The fetch failed: of the batch that was coming, what has not come. */
    UidSet unanswered() {
        return Optional.ofNullable(asked.peek()).orElse(UidSet.EMPTY).minus(UidSet.of(received));
    }

    private Mail toMail(FetchedMail mail) {
        DeliveryKey key =
                new DeliveryKey(folder.options().account(), folder.name(), selected.uidValidity(), mail.uid());
        return Mail.of(
                key,
                mail.flags(),
                mail.internalDate(),
                mail.content(),
                MailLimits.DEFAULT,
                mail.gmail(),
                folder.trusted);
    }
}
