package io.mailroutes.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The sealed tokens, one row an account, within one transaction. Knows nothing of what is in them. */
final class TokenRows {
    private static final String FIND = "SELECT key_id, sealed FROM token WHERE account = ?";
    private static final String ALL = "SELECT account, key_id, sealed FROM token";
    private static final String PUT = """
            INSERT INTO token (account, key_id, sealed, updated_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (account) DO UPDATE
            SET key_id = excluded.key_id, sealed = excluded.sealed, updated_at = excluded.updated_at""";
    private static final String SEAL_AGAIN = "UPDATE token SET key_id = ?, sealed = ? WHERE account = ?";
    private static final String DELETE = "DELETE FROM token WHERE account = ?";

    /**
     * A row as it is kept.
     *
     * @param keyId which key sealed it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and never leaves this package
    record Row(String keyId, byte[] sealed) {}

    private final Connection connection;

    TokenRows(Connection connection) {
        this.connection = connection;
    }

    Optional<Row> find(String account) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setString(1, account);
            try (ResultSet row = find.executeQuery()) {
                return row.next() ? Optional.of(new Row(row.getString(1), row.getBytes(2))) : Optional.empty();
            }
        }
    }

    /** Every row by its account, in order. */
    Map<String, Row> all() throws SQLException {
        Map<String, Row> rows = new TreeMap<>();
        try (PreparedStatement all = connection.prepareStatement(ALL);
                ResultSet row = all.executeQuery()) {
            while (row.next()) {
                rows.put(row.getString(1), new Row(row.getString(2), row.getBytes(3)));
            }
        }
        return rows;
    }

    /** Inserts or replaces the row of the account, whatever it was. */
    void put(String account, Row row, Instant now) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(PUT)) {
            put.setString(1, account);
            put.setString(2, row.keyId());
            put.setBytes(3, row.sealed());
            put.setLong(4, now.toEpochMilli());
            put.executeUpdate();
        }
    }

    /** Replaces a row by the same tokens under another key. */
    void sealAgain(String account, Row row) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(SEAL_AGAIN)) {
            update.setString(1, row.keyId());
            update.setBytes(2, row.sealed());
            update.setString(3, account);
            update.executeUpdate();
        }
    }

    void delete(String account) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setString(1, account);
            delete.executeUpdate();
        }
    }
}
