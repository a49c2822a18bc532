package io.mailroutes.store;

import java.nio.file.Path;
import java.time.Clock;

/**
 * The state of one Mailroutes instance: a SQLite file in the data directory. Opens and migrates the schema. Safe for
 * many threads; several processes may have the same file open.
 */
public final class Store implements AutoCloseable {
    private Store() {}

    /**
     * @param dataDirectory created with mode 0700 when missing; refused when others can read it
     * @param url {@code jdbc:sqlite:...}; empty means {@code mailroutes.db} in the data directory
     */
    public static Store open(Path dataDirectory, String url, Clock clock) {
        throw new UnsupportedOperationException("skeleton" + dataDirectory + url + clock);
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("skeleton");
    }
}
