package io.mailroutes.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Optional;

/** The sealed tokens, one row an account. Knows nothing of what is in them. */
public final class TokenRows {
    private static final String FIND = "SELECT key_id, sealed FROM token WHERE account = ?";
    private static final String SAVE = """
            INSERT INTO token (account, key_id, sealed, updated_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (account) DO UPDATE SET sealed = excluded.sealed, updated_at = excluded.updated_at
            WHERE token.key_id = excluded.key_id""";

    private static final String DELETE = "DELETE FROM token WHERE account = ?";

    private final Store store;

    public TokenRows(Store store) {
        this.store = store;
    }

    /** A row as it is kept. */
    public static final class Row {
        private final String keyId;
        private final byte[] sealed;

        Row(String keyId, byte[] sealed) {
            this.keyId = keyId;
            this.sealed = sealed;
        }

        /** Which key sealed it. */
        public String keyId() {
            return keyId;
        }

        public byte[] sealed() {
            return sealed.clone();
        }
    }

    public Optional<Row> find(String account) {
        return store.inTransaction(connection -> {
            try (PreparedStatement find = connection.prepareStatement(FIND)) {
                find.setString(1, account);
                try (ResultSet row = find.executeQuery()) {
                    return row.next() ? Optional.of(new Row(row.getString(1), row.getBytes(2))) : Optional.empty();
                }
            }
        });
    }

    /**
     * Inserts or replaces the row of the account, durably.
     *
     * @return false, and nothing changed, when there is a row that another key sealed
     */
    public boolean save(String account, String keyId, byte[] sealed, Instant now) {
        return store.inTransaction(connection -> {
            try (PreparedStatement save = connection.prepareStatement(SAVE)) {
                save.setString(1, account);
                save.setString(2, keyId);
                save.setBytes(3, sealed);
                save.setLong(4, now.toEpochMilli());
                return save.executeUpdate() == 1;
            }
        });
    }

    /** Removes the row of the account, if there is one. */
    public void delete(String account) {
        store.inTransaction(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                delete.setString(1, account);
                return delete.executeUpdate();
            }
        });
    }
}
