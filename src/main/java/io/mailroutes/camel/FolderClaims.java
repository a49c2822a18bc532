package io.mailroutes.camel;

import java.util.HashMap;
import java.util.Map;

/** Which route reads which folder: a folder has one consumer, or every mail would come twice. */
final class FolderClaims {
    private record Place(String account, String folder) {}

    private final Map<Place, String> routes = new HashMap<>();

    /** Held while a route reads a folder. */
    interface Claim extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws IllegalStateException that names both routes, when another one reads the folder */
    synchronized Claim claim(String account, String folder, String route) {
        Place place = new Place(account, folder);
        String other = routes.putIfAbsent(place, route);
        if (other != null) {
            throw new IllegalStateException("the folder " + folder + " of account " + account
                    + " is read by two routes, " + other + " and " + route
                    + ": a folder has one consumer. Read it in one route and send it on with multicast");
        }
        return () -> release(place);
    }

    private synchronized void release(Place place) {
        routes.remove(place);
    }
}
