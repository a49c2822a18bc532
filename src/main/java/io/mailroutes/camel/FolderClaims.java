package io.mailroutes.camel;

import io.mailroutes.account.Account;
import io.mailroutes.message.PathSegment;
import io.mailroutes.store.ProcessLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which route reads which folder: a folder has one consumer, or every mail would come twice. Holds for all processes
 * that share the data directory.
 */
final class FolderClaims {
    private record Place(String account, String folder) {}

    private record Held(String route, ProcessLock lock, boolean connects) {}

    private final Path directory;
    private final Map<Place, Held> claims = new HashMap<>();

    /** Kept, because closing them could free the lock of another Mailroutes in this process, see {@link ProcessLock}. */
    private final List<ProcessLock> vain = new ArrayList<>();

    /** @param directory where the locks are; made when the first is */
    FolderClaims(Path directory) {
        this.directory = directory;
    }

    /** Held while a route reads a folder. */
    interface Claim extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @throws IllegalStateException that names both routes, or the other process, when another one reads the folder; or
     *     that names all, when the account has no connection left for one more
     */
    synchronized Claim claim(Account account, String folder, String route) {
        requireFree(new Place(account.name(), folder), route);
        ConnectionBudget.requireRoom(account, readers(account.name()), folder, route);
        return take(account.name(), folder, route, true);
    }

    /**
     * The name that a folder turned out to have, for a reader that holds it by another one already.
     *
     * @throws IllegalStateException as {@link #claim}, but for connections, of which it takes none
     */
    synchronized Claim claimToo(String account, String folder, String route) {
        requireFree(new Place(account, folder), route);
        return take(account, folder, route, false);
    }

    private void requireFree(Place place, String route) {
        Held other = claims.get(place);
        if (other != null) {
            throw new IllegalStateException("the folder " + place.folder() + " of account " + place.account()
                    + " is read by two routes, " + other.route() + " and " + route
                    + ": a folder has one consumer. Read it in one route and send it on with multicast");
        }
    }

    private Claim take(String account, String folder, String route, boolean connects) {
        Path file = directory.resolve(PathSegment.ofAnyLength(account + "/" + folder) + ".lock");
        ProcessLock lock = ProcessLock.on(file);
        if (!lock.isAcquired()) {
            vain.add(lock);
            throw readElsewhere(account, folder, lock);
        }
        Place place = new Place(account, folder);
        claims.put(place, new Held(route, lock, connects));
        return () -> release(place);
    }

    /** The routes that hold a connection, by folder. */
    private Map<String, String> readers(String account) {
        Map<String, String> readers = new TreeMap<>();
        claims.forEach((place, reader) -> {
            if (reader.connects() && place.account().equals(account)) {
                readers.put(place.folder(), reader.route());
            }
        });
        return readers;
    }

    private static IllegalStateException readElsewhere(String account, String folder, ProcessLock lock) {
        String process = lock.holder().map(pid -> " (process " + pid + ")").orElse("");
        return new IllegalStateException("the folder " + folder + " of account " + account
                + " is read already by another run with the same data directory" + process
                + ": end that one, or give this one another account and another --data");
    }

    private synchronized void release(Place place) {
        Held held = claims.remove(place);
        if (held != null) {
            held.lock().close();
        }
    }
}
