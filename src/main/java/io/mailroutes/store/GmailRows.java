package io.mailroutes.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The ids that Gmail gives to mails, of those that were delivered from one mailbox: a ring in order of delivery. */
final class GmailRows {
    private final Connection connection;
    private final long mailboxId;

    GmailRows(Connection connection, long mailboxId) {
        this.connection = connection;
        this.mailboxId = mailboxId;
    }

    void put(Collection<Long> ids) throws SQLException {
        String sql = """
                INSERT OR IGNORE INTO gmail (mailbox_id, position, mail_id)
                VALUES (?1, coalesce((SELECT max(position) FROM gmail WHERE mailbox_id = ?1), 0) + 1, ?2)""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (long id : ids) {
                statement.setLong(1, mailboxId);
                statement.setLong(2, id);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Positions have no gaps, so this costs what it deletes. */
    void keep(int most) throws SQLException {
        String sql = """
                DELETE FROM gmail WHERE mailbox_id = ?1
                  AND position <= (SELECT max(position) FROM gmail WHERE mailbox_id = ?1) - ?2""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, mailboxId);
            statement.setInt(2, most);
            statement.executeUpdate();
        }
    }

    /** Which of these are there. */
    Set<Long> among(Collection<Long> ids) throws SQLException {
        Set<Long> found = new HashSet<>();
        String sql = "SELECT 1 FROM gmail WHERE mailbox_id = ? AND mail_id = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (long id : ids) {
                statement.setLong(1, mailboxId);
                statement.setLong(2, id);
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        found.add(id);
                    }
                }
            }
        }
        return found;
    }
}
