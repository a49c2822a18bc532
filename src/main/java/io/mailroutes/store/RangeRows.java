package io.mailroutes.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** UIDs of one mailbox, as rows that neither overlap nor touch: their number follows gaps, not history. */
final class RangeRows {
    private final String table;
    private final String insert;

    private final Connection connection;
    private final long mailboxId;

    private RangeRows(String table, Connection connection, long mailboxId) {
        this.table = table;
        this.insert = "INSERT INTO " + table + " (mailbox_id, first_uid, last_uid) VALUES (?, ?, ?)";
        this.connection = connection;
        this.mailboxId = mailboxId;
    }

    /** Those that are done. */
    static RangeRows done(Connection connection, long mailboxId) {
        return new RangeRows("done", connection, mailboxId);
    }

    /** Those that a person has to decide about. */
    static RangeRows held(Connection connection, long mailboxId) {
        return new RangeRows("held", connection, mailboxId);
    }

    List<UidRange> all() throws SQLException {
        return select("SELECT first_uid, last_uid FROM " + table + " WHERE mailbox_id = ? ORDER BY first_uid");
    }

    /** The first ranges of a mailbox: they ascend and neither overlap nor touch. */
    void begin(Collection<UidRange> ranges) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (UidRange range : ranges) {
                bind(statement, range);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Merges the range with all that it overlaps or touches. */
    void add(UidRange range) throws SQLException {
        UidRange merged = range;
        for (UidRange neighbour : neighbours(range)) {
            merged = new UidRange(
                    Math.min(merged.first(), neighbour.first()), Math.max(merged.last(), neighbour.last()));
        }
        // Rows do not overlap, so those that begin inside the merged range are those that it replaces.
        update("DELETE FROM " + table + " WHERE mailbox_id = ? AND first_uid BETWEEN ? AND ?", merged);
        update(insert, merged);
    }

    /** Takes the range out; what stands on either side of it stays. */
    void remove(UidRange range) throws SQLException {
        for (UidRange overlapping : neighbours(range)) {
            update("DELETE FROM " + table + " WHERE mailbox_id = ? AND first_uid BETWEEN ? AND ?", overlapping);
            if (overlapping.first() < range.first()) {
                update(insert, new UidRange(overlapping.first(), Math.min(overlapping.last(), range.first() - 1)));
            }
            if (overlapping.last() > range.last()) {
                update(insert, new UidRange(Math.max(overlapping.first(), range.last() + 1), overlapping.last()));
            }
        }
    }

    /** Two look-ups by key: the one row that begins before, and those that begin inside or right after. */
    private List<UidRange> neighbours(UidRange range) throws SQLException {
        List<UidRange> found = new ArrayList<>(select(
                "SELECT first_uid, last_uid FROM " + table + " WHERE mailbox_id = ? AND first_uid < ?"
                        + " ORDER BY first_uid DESC LIMIT 1",
                range.first()));
        found.removeIf(before -> before.last() < range.first() - 1);
        found.addAll(select(
                "SELECT first_uid, last_uid FROM " + table + " WHERE mailbox_id = ? AND first_uid BETWEEN ? AND ?",
                range.first(),
                range.last() + 1));
        return found;
    }

    private List<UidRange> select(String sql, long... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, mailboxId);
            for (int i = 0; i < arguments.length; i++) {
                statement.setLong(i + 2, arguments[i]);
            }
            List<UidRange> ranges = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ranges.add(new UidRange(rows.getLong(1), rows.getLong(2)));
                }
            }
            return ranges;
        }
    }

    private void update(String sql, UidRange range) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, range);
            statement.executeUpdate();
        }
    }

    private void bind(PreparedStatement statement, UidRange range) throws SQLException {
        statement.setLong(1, mailboxId);
        statement.setLong(2, range.first());
        statement.setLong(3, range.last());
    }
}
