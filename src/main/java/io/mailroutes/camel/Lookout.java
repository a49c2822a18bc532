package io.mailroutes.camel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the folders from outside: a loop that hangs, wherever it does, cannot say so itself. Nothing is killed; the
 * folder's state tells it, until the folder moves again.
 */
final class Lookout {
    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

    private final Clock clock;
    private final Rhythm rhythm;
    private final ScheduledExecutorService thread;
    private final Set<Folder> folders = ConcurrentHashMap.newKeySet();

    Lookout(Installation.Terms terms, ScheduledExecutorService thread) {
        this.clock = terms.clock();
        this.rhythm = terms.rhythm();
        this.thread = thread;
    }

    /** @param then what else is to be done on this occasion */
    void start(Runnable then) {
        long pause = rhythm.look().toMillis();
        thread.scheduleWithFixedDelay(() -> lookAnd(then), pause, pause, TimeUnit.MILLISECONDS);
    }

    void stop() {
        thread.shutdown();
    }

    private void lookAnd(Runnable then) {
        try {
            look();
            then.run();
        } catch (RuntimeException e) { // the executor would never call us again
            LOG.warn("Looking at the folders failed; it is done again in {}", rhythm.look(), e);
        }
    }

    void add(Folder folder) {
        folders.add(folder);
    }

    void remove(Folder folder) {
        folders.remove(folder);
        folder.status().hangs(Optional.empty());
    }

    void look() {
        folders.forEach(this::look);
    }

    private void look(Folder folder) {
        Optional<String> why = hanging(folder);
        if (folder.status().hangs(why)) {
            String name = folder.options().account() + "/" + folder.name();
            why.ifPresentOrElse(
                    words -> LOG.warn("{}: {}: {}", name, MailboxState.BROKEN, words),
                    () -> LOG.info("{}: moves again", name));
        }
    }

    private Optional<String> hanging(Folder folder) {
        if (folder.deliverer().isFull() && folder.inFlight().isStuckFor(rhythm.inRoute())) {
            return Optional.of("the route is full and has finished no mail since "
                    + folder.inFlight().moved() + ": a step of it hangs, or is slower than that. In it: "
                    + folder.inFlight().sample());
        }
        Instant heard = lastSign(folder);
        return Duration.between(heard, clock.instant()).compareTo(rhythm.silence()) < 0
                ? Optional.empty()
                : Optional.of("nothing was heard of the server since " + heard
                        + ", although the connection should prove itself all the time: reading hangs"
                        + (folder.inFlight().isEmpty()
                                ? ""
                                : ". In the route: " + folder.inFlight().sample()));
    }

    /** A loop that waits for a route which still finishes mails does not hang. */
    private static Instant lastSign(Folder folder) {
        MailboxStatus.Snapshot now = folder.status().snapshot();
        return Stream.of(
                        Optional.of(now.since()),
                        now.proofOfLife(),
                        Optional.of(folder.inFlight().moved()))
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .orElseThrow();
    }
}
