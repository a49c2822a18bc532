package io.mailroutes.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One row an account: whether a person has to act, and why. It is there to be shown; no process decides anything by it.
 * Each method is one transaction, and what does not change anything writes nothing.
 */
public final class AccountRows {
    private static final String FIND = "SELECT refusal, refused_at, consent_lived FROM account WHERE name = ?";
    private static final String REFUSE = """
            INSERT INTO account (name, refusal, refused_at) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET refusal = excluded.refusal, refused_at = excluded.refused_at
            WHERE refusal IS NOT excluded.refusal""";
    private static final String CLEAR =
            "UPDATE account SET refusal = NULL, refused_at = NULL WHERE name = ? AND refusal IS NOT NULL";
    private static final String CONSENT_ENDED = """
            INSERT INTO account (name, consent_lived) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET consent_lived = excluded.consent_lived""";

    private final Store store;

    public AccountRows(Store store) {
        this.store = store;
    }

    public AccountRow find(String account) {
        return store.inTransaction(connection -> {
            try (PreparedStatement find = connection.prepareStatement(FIND)) {
                find.setString(1, account);
                try (ResultSet row = find.executeQuery()) {
                    return row.next() ? read(row) : AccountRow.UNKNOWN;
                }
            }
        });
    }

    /**
     * A person has to act. A reason that stands already keeps its time.
     *
     * @param reason in words, without any secret
     */
    public void refuse(String account, String reason, Instant now) {
        change(REFUSE, statement -> {
            statement.setString(1, account);
            statement.setString(2, reason);
            statement.setLong(3, now.toEpochMilli());
        });
    }

    /** The account works: nobody has to act any more. */
    public void clear(String account) {
        change(CLEAR, statement -> statement.setString(1, account));
    }

    /** The provider has ended a consent by itself, after this time. */
    public void consentEnded(String account, Duration lived) {
        change(CONSENT_ENDED, statement -> {
            statement.setString(1, account);
            statement.setLong(2, lived.toMillis());
        });
    }

    private static AccountRow read(ResultSet row) throws SQLException {
        Optional<String> reason = Optional.ofNullable(row.getString(1));
        Instant since = Instant.ofEpochMilli(row.getLong(2));
        long lived = row.getLong(3);
        return new AccountRow(
                reason.map(text -> new AccountRow.Refusal(text, since)),
                row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(lived)));
    }

    private void change(String sql, Parameters parameters) {
        store.inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                parameters.set(statement);
                return statement.executeUpdate();
            }
        });
    }

    @FunctionalInterface
    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }
}
