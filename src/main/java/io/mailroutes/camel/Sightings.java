package io.mailroutes.camel;

import io.mailroutes.store.AccountRows;
import io.mailroutes.store.Activity;
import io.mailroutes.store.ActivityRows;
import io.mailroutes.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down for other processes how the folders are: once a minute, all together, and on a thread that delivers no
 * mail. Used by one thread at a time.
 */
final class Sightings {
    private static final Logger LOG = LoggerFactory.getLogger(Sightings.class);
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private final ActivityRows activities;
    private final AccountRows accounts;
    private final Clock clock;
    private final Map<String, List<Activity>> written = new HashMap<>();
    private final Set<String> well = new HashSet<>();
    private Instant last = Instant.MIN;

    Sightings(ActivityRows activities, AccountRows accounts, Clock clock) {
        this.activities = activities;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** To be called often. */
    synchronized void note(Collection<MailboxStatus.Snapshot> folders) {
        try {
            clear(folders);
            if (!clock.instant().isBefore(last.plus(BETWEEN))) {
                write(folders);
            }
        } catch (StoreException e) {
            // It is only shown; whoever depends on the store meets the same failure where it matters.
            LOG.debug("`mailroutes accounts` may show an old state: {}", e.getMessage());
        }
    }

    /** To be called at the end. */
    synchronized void noteLast(Collection<MailboxStatus.Snapshot> folders) {
        last = Instant.MIN;
        note(folders);
    }

    /** An account whose folder could be opened needs nobody any more. */
    private void clear(Collection<MailboxStatus.Snapshot> folders) {
        for (MailboxStatus.Snapshot folder : folders) {
            if (folder.state() == MailboxState.NEEDS_LOGIN) {
                well.remove(folder.account());
            } else if (folder.state() == MailboxState.LIVE && !well.contains(folder.account())) {
                accounts.clear(folder.account());
                well.add(folder.account());
            }
        }
    }

    private void write(Collection<MailboxStatus.Snapshot> folders) {
        Map<String, List<Activity>> news = new HashMap<>();
        for (MailboxStatus.Snapshot folder : folders) {
            news.merge(folder.account(), List.of(activity(folder)), Sightings::both);
        }
        Map<String, List<Activity>> changed = new HashMap<>(news);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(written.get(entry.getKey())));
        activities.save(changed);
        written.putAll(news);
        last = clock.instant();
    }

    private static List<Activity> both(List<Activity> a, List<Activity> b) {
        return Stream.concat(a.stream(), b.stream()).toList();
    }

    private static Activity activity(MailboxStatus.Snapshot folder) {
        return new Activity(folder.folder(), folder.proofOfLife(), folder.lastMail(), folder.backlog());
    }
}
