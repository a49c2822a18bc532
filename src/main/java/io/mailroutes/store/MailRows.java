package io.mailroutes.store;

import io.mailroutes.store.MailRow.MailError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The mails of one mailbox that are not done: in flight, failed or not acknowledged. */
final class MailRows {
    private final Connection connection;
    private final long mailboxId;

    MailRows(Connection connection, long mailboxId) {
        this.connection = connection;
        this.mailboxId = mailboxId;
    }

    List<MailRow> all() throws SQLException {
        String sql = """
                SELECT uid, state, attempts, next_attempt_at, error_class, error_text, changed_at
                FROM mail WHERE mailbox_id = ? ORDER BY uid""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, mailboxId);
            List<MailRow> mails = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    mails.add(read(row));
                }
            }
            return mails;
        }
    }

    /** A settled mail is never taken back, whatever a caller with old knowledge wants to write. */
    void put(Collection<MailRow> mails) throws SQLException {
        String sql = """
                INSERT INTO mail
                  (mailbox_id, uid, state, attempts, next_attempt_at, error_class, error_text, changed_at)
                SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
                WHERE coalesce((SELECT last_uid FROM done WHERE mailbox_id = ?1 AND first_uid <= ?2
                                ORDER BY first_uid DESC LIMIT 1), 0) < ?2
                ON CONFLICT (mailbox_id, uid) DO UPDATE SET
                  state = excluded.state, attempts = excluded.attempts, next_attempt_at = excluded.next_attempt_at,
                  error_class = excluded.error_class, error_text = excluded.error_text,
                  changed_at = excluded.changed_at
                WHERE mail.state IN ('claimed', 'waiting')""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (MailRow mail : mails) {
                write(statement, mail);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    void delete(UidRange range) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM mail WHERE mailbox_id = ? AND uid BETWEEN ? AND ?")) {
            statement.setLong(1, mailboxId);
            statement.setLong(2, range.first());
            statement.setLong(3, range.last());
            statement.executeUpdate();
        }
    }

    private void write(PreparedStatement statement, MailRow mail) throws SQLException {
        statement.setLong(1, mailboxId);
        statement.setLong(2, mail.uid());
        statement.setString(3, mail.state().column());
        statement.setInt(4, mail.attempts());
        if (mail.nextAttempt().isPresent()) {
            statement.setLong(5, mail.nextAttempt().get().toEpochMilli());
        } else {
            statement.setNull(5, Types.INTEGER);
        }
        statement.setString(6, mail.error().map(MailError::type).orElse(null));
        statement.setString(7, mail.error().map(MailError::text).orElse(null));
        statement.setLong(8, mail.changedAt().toEpochMilli());
    }

    private static MailRow read(ResultSet row) throws SQLException {
        long next = row.getLong(4);
        Optional<Instant> nextAttempt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next));
        String type = row.getString(5);
        String text = row.getString(6);
        return new MailRow(
                row.getLong(1),
                MailState.ofColumn(row.getString(2)),
                row.getInt(3),
                nextAttempt,
                type == null || text == null ? Optional.empty() : Optional.of(new MailError(type, text)),
                Instant.ofEpochMilli(row.getLong(7)));
    }
}
