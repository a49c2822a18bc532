package io.mailroutes.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the folders of an account were last seen, one row a folder, for other processes to show. To be written once a
 * minute at most: each write waits for the disk.
 */
public final class ActivityRows {
    private static final String OF_ACCOUNT = """
            SELECT folder, proof_of_life_at, last_mail_at, backlog FROM activity WHERE account = ? ORDER BY folder""";
    private static final String SAVE = """
            INSERT INTO activity (account, folder, proof_of_life_at, last_mail_at, backlog) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (account, folder) DO UPDATE SET
              proof_of_life_at = coalesce(excluded.proof_of_life_at, proof_of_life_at),
              last_mail_at = coalesce(excluded.last_mail_at, last_mail_at),
              backlog = excluded.backlog""";

    private final Store store;

    public ActivityRows(Store store) {
        this.store = store;
    }

    /** The folders of the account that were ever read, by name. */
    public List<Activity> of(String account) {
        return store.inTransaction(connection -> {
            try (PreparedStatement find = connection.prepareStatement(OF_ACCOUNT)) {
                find.setString(1, account);
                return read(find);
            }
        });
    }

    /** Replaces what is known of the folder; a time that is not given stays as it is. */
    public void save(String account, Activity activity) {
        save(Map.of(account, List.of(activity)));
    }

    /** As {@link #save(String, Activity)}, for the folders of several accounts with one wait for the disk. */
    public void save(Map<String, List<Activity>> byAccount) {
        if (byAccount.isEmpty()) {
            return;
        }
        store.inTransaction(connection -> {
            try (PreparedStatement save = connection.prepareStatement(SAVE)) {
                for (Map.Entry<String, List<Activity>> account : byAccount.entrySet()) {
                    for (Activity activity : account.getValue()) {
                        bind(save, account.getKey(), activity);
                        save.addBatch();
                    }
                }
                return save.executeBatch().length;
            }
        });
    }

    private static void bind(PreparedStatement save, String account, Activity activity) throws SQLException {
        save.setString(1, account);
        save.setString(2, activity.folder());
        number(save, 3, activity.proofOfLife().map(Instant::toEpochMilli));
        number(save, 4, activity.lastMail().map(Instant::toEpochMilli));
        number(save, 5, activity.backlog().stream().boxed().findFirst());
    }

    private static List<Activity> read(PreparedStatement find) throws SQLException {
        List<Activity> folders = new ArrayList<>();
        try (ResultSet row = find.executeQuery()) {
            while (row.next()) {
                Optional<Long> backlog = number(row, 4);
                folders.add(new Activity(
                        row.getString(1),
                        number(row, 2).map(Instant::ofEpochMilli),
                        number(row, 3).map(Instant::ofEpochMilli),
                        backlog.isPresent() ? OptionalLong.of(backlog.get()) : OptionalLong.empty()));
            }
        }
        return folders;
    }

    private static Optional<Long> number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    private static void number(PreparedStatement statement, int index, Optional<Long> value) throws SQLException {
        if (value.isPresent()) {
            statement.setLong(index, value.get());
        } else {
            statement.setNull(index, Types.INTEGER);
        }
    }
}
