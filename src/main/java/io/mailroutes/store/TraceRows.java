package io.mailroutes.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** By what the newest mails of one mailbox are known again: a ring, for UIDs ascend. */
final class TraceRows {
    private final Connection connection;
    private final long mailboxId;

    TraceRows(Connection connection, long mailboxId) {
        this.connection = connection;
        this.mailboxId = mailboxId;
    }

    List<TraceRow> all() throws SQLException {
        String sql = "SELECT uid, high, low, internal_date FROM fingerprint WHERE mailbox_id = ? ORDER BY uid";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, mailboxId);
            List<TraceRow> traces = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    traces.add(new TraceRow(
                            row.getLong(1), row.getLong(2), row.getLong(3), Instant.ofEpochMilli(row.getLong(4))));
                }
            }
            return traces;
        }
    }

    void put(Collection<TraceRow> traces) throws SQLException {
        String sql = "INSERT OR REPLACE INTO fingerprint (mailbox_id, uid, high, low, internal_date)"
                + " VALUES (?, ?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (TraceRow trace : traces) {
                statement.setLong(1, mailboxId);
                statement.setLong(2, trace.uid());
                statement.setLong(3, trace.high());
                statement.setLong(4, trace.low());
                statement.setLong(5, trace.internalDate().toEpochMilli());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Keeps the newest, and those of mails that are not done. */
    void keep(int most) throws SQLException {
        String sql = """
                DELETE FROM fingerprint WHERE mailbox_id = ?1
                  AND uid <= (SELECT uid FROM fingerprint WHERE mailbox_id = ?1
                              ORDER BY uid DESC LIMIT 1 OFFSET ?2)
                  AND uid NOT IN (SELECT uid FROM mail WHERE mailbox_id = ?1)""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, mailboxId);
            statement.setInt(2, most);
            statement.executeUpdate();
        }
    }
}
