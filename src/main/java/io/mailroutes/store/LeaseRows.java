package io.mailroutes.store;

import java.sql.PreparedStatement;
import java.time.Instant;

/**
 * Who may do, for a short while, what only one thread of all processes on this store may do. A holder that dies loses
 * its lease when the time is over.
 */
public final class LeaseRows {
    private static final String ACQUIRE = """
            INSERT INTO lease (name, owner, until) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until
            WHERE lease.until <= ? OR lease.owner = excluded.owner""";
    private static final String RELEASE = "DELETE FROM lease WHERE name = ? AND owner = ?";

    private final Store store;

    public LeaseRows(Store store) {
        this.store = store;
    }

    /**
     * Takes the lease when it is free, over, or the owner's own already.
     *
     * @return whether it is the owner's now
     */
    public boolean acquire(String name, String owner, Instant until, Instant now) {
        return store.inTransaction(connection -> {
            try (PreparedStatement acquire = connection.prepareStatement(ACQUIRE)) {
                acquire.setString(1, name);
                acquire.setString(2, owner);
                acquire.setLong(3, until.toEpochMilli());
                acquire.setLong(4, now.toEpochMilli());
                return acquire.executeUpdate() == 1;
            }
        });
    }

    /** Gives the lease back; one that is another's by now stays theirs. */
    public void release(String name, String owner) {
        store.inTransaction(connection -> {
            try (PreparedStatement release = connection.prepareStatement(RELEASE)) {
                release.setString(1, name);
                release.setString(2, owner);
                return release.executeUpdate();
            }
        });
    }
}
