package io.mailroutes.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rows behind the ledger. Every method is one transaction; what it changed is on the disk when it returns. Nothing
 * is taken from the memory of the caller that another process may have changed: a done or settled mail stays
 * so, unless it is {@linkplain #reopen reopened}.
 */
public final class MailboxRows {
    private final Store store;

    public MailboxRows(Store store) {
        this.store = store;
    }

    /** All that is known of a folder; ranges and mails ascend. */
    public record Contents(
            Mailbox mailbox, long backlogUntil, List<UidRange> done, List<UidRange> held, List<MailRow> mails) {
        public Contents {
            done = List.copyOf(done);
            held = List.copyOf(held);
            mails = List.copyOf(mails);
        }
    }

    /**
     * By what the mails of a folder are known again.
     *
     * @param last the latest INTERNALDATE of a settled mail; when there is none, when the folder was begun
     */
    public record Traces(List<TraceRow> rows, Instant last) {
        public Traces {
            rows = List.copyOf(rows);
        }
    }

    /** How many traces are kept of a folder, beside those of mails that are not done. */
    public static final int MOST_TRACES = 10_000;

    public Optional<Contents> load(String account, String folder) {
        return store.inTransaction(c -> {
            Optional<Mailbox> mailbox = find(c, account, folder);
            return mailbox.isEmpty() ? Optional.empty() : Optional.of(contents(c, mailbox.get()));
        });
    }

    private static Contents contents(Connection c, Mailbox mailbox) throws SQLException {
        long id = mailbox.id();
        long until = number(c, "SELECT coalesce(backlog_until, 1) FROM mailbox WHERE id = ?", id);
        return new Contents(
                mailbox,
                until,
                RangeRows.done(c, id).all(),
                RangeRows.held(c, id).all(),
                new MailRows(c, id).all());
    }

    public Traces traces(Mailbox mailbox) {
        return store.inTransaction(c -> {
            long last = number(
                    c, "SELECT coalesce(last_internal_date, started_at) FROM mailbox WHERE id = ?", mailbox.id());
            return new Traces(new TraceRows(c, mailbox.id()).all(), Instant.ofEpochMilli(last));
        });
    }

    /**
     * Begins a folder, or begins it anew under another numbering: what was known of its mails is forgotten, but for the
     * latest INTERNALDATE.
     *
     * @param contents the id of its mailbox is not looked at
     */
    public Mailbox start(
            String account, String folder, Contents contents, Collection<TraceRow> traces, Instant startedAt) {
        return store.inTransaction(c -> {
            long uidValidity = contents.mailbox().uidValidity();
            long id = upsert(c, account, folder, uidValidity, startedAt);
            for (String table : List.of("done", "held", "mail", "fingerprint")) {
                update(c, "DELETE FROM " + table + " WHERE mailbox_id = ?", id);
            }
            update(c, "UPDATE mailbox SET backlog_until = ? WHERE id = ?", contents.backlogUntil(), id);
            RangeRows.done(c, id).begin(contents.done());
            RangeRows.held(c, id).begin(contents.held());
            new MailRows(c, id).put(contents.mails());
            new TraceRows(c, id).put(traces);
            return new Mailbox(id, uidValidity);
        });
    }

    /**
     * Writes these mails, except where the mail is settled or done already.
     *
     * @param latest of the INTERNALDATEs of those that are settled
     */
    public void put(Mailbox mailbox, Collection<MailRow> mails, Collection<TraceRow> traces, Optional<Instant> latest) {
        store.inTransaction(c -> {
            requireCurrent(c, mailbox);
            new MailRows(c, mailbox.id()).put(mails);
            if (!traces.isEmpty()) {
                new TraceRows(c, mailbox.id()).put(traces);
                new TraceRows(c, mailbox.id()).keep(MOST_TRACES);
            }
            if (latest.isPresent()) {
                String sql = "UPDATE mailbox SET last_internal_date = max(coalesce(last_internal_date, 0), ?)"
                        + " WHERE id = ?";
                update(c, sql, latest.get().toEpochMilli(), mailbox.id());
            }
            return mailbox;
        });
    }

    /** The held mails of each folder of an account that has any. */
    public Map<String, List<UidRange>> held(String account) {
        return store.inTransaction(c -> {
            String sql = "SELECT folder, first_uid, last_uid FROM held JOIN mailbox ON mailbox.id = mailbox_id"
                    + " WHERE account = ? ORDER BY folder, first_uid";
            Map<String, List<UidRange>> held = new TreeMap<>();
            try (PreparedStatement statement = c.prepareStatement(sql)) {
                statement.setString(1, account);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        held.computeIfAbsent(row.getString(1), folder -> new ArrayList<>())
                                .add(new UidRange(row.getLong(2), row.getLong(3)));
                    }
                }
            }
            return held;
        });
    }

    /** The held mails are held no more; these of them are done. */
    public void release(Mailbox mailbox, Collection<UidRange> ranges) {
        store.inTransaction(c -> {
            requireCurrent(c, mailbox);
            update(c, "DELETE FROM held WHERE mailbox_id = ?", mailbox.id());
            RangeRows done = RangeRows.done(c, mailbox.id());
            for (UidRange range : ranges) {
                done.add(range);
            }
            return mailbox;
        });
    }

    /** These UIDs are done: their rows go, and the ranges of the done ones grow. */
    public void settle(Mailbox mailbox, Collection<UidRange> ranges) {
        store.inTransaction(c -> {
            requireCurrent(c, mailbox);
            MailRows mails = new MailRows(c, mailbox.id());
            RangeRows done = RangeRows.done(c, mailbox.id());
            for (UidRange range : ranges) {
                mails.delete(range);
                done.add(range);
            }
            return mailbox;
        });
    }

    /** These UIDs are done no more: somebody wants them again. */
    public void reopen(Mailbox mailbox, Collection<UidRange> ranges) {
        store.inTransaction(c -> {
            requireCurrent(c, mailbox);
            RangeRows done = RangeRows.done(c, mailbox.id());
            for (UidRange range : ranges) {
                done.remove(range);
            }
            return mailbox;
        });
    }

    private static Optional<Mailbox> find(Connection c, String account, String folder) throws SQLException {
        try (PreparedStatement statement =
                c.prepareStatement("SELECT id, uidvalidity FROM mailbox WHERE account = ? AND folder = ?")) {
            statement.setString(1, account);
            statement.setString(2, folder);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(new Mailbox(row.getLong(1), row.getLong(2))) : Optional.empty();
            }
        }
    }

    private static long upsert(Connection c, String account, String folder, long uidValidity, Instant startedAt)
            throws SQLException {
        String sql = """
                INSERT INTO mailbox (account, folder, uidvalidity, started_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (account, folder)
                DO UPDATE SET uidvalidity = excluded.uidvalidity, started_at = excluded.started_at
                RETURNING id""";
        try (PreparedStatement statement = c.prepareStatement(sql)) {
            statement.setString(1, account);
            statement.setString(2, folder);
            statement.setLong(3, uidValidity);
            statement.setLong(4, startedAt.toEpochMilli());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** A late answer about a mail of the old numbering would otherwise hide a new mail that got the same UID. */
    private static void requireCurrent(Connection c, Mailbox mailbox) throws SQLException {
        try (PreparedStatement statement =
                c.prepareStatement("SELECT account, folder, uidvalidity FROM mailbox WHERE id = ?")) {
            statement.setLong(1, mailbox.id());
            try (ResultSet row = statement.executeQuery()) {
                if (row.next() && row.getLong(3) != mailbox.uidValidity()) {
                    throw new PermanentStoreException(
                            "folder " + row.getString(2) + " of account " + row.getString(1)
                                    + " was begun anew under UIDVALIDITY " + row.getLong(3)
                                    + "; what happened to mails of UIDVALIDITY " + mailbox.uidValidity()
                                    + " is not recorded. Two processes may be using this account: stop one",
                            null);
                }
            }
        }
    }

    private static void update(Connection c, String sql, long... arguments) throws SQLException {
        try (PreparedStatement statement = c.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setLong(i + 1, arguments[i]);
            }
            statement.executeUpdate();
        }
    }

    private static long number(Connection c, String sql, long argument) throws SQLException {
        try (PreparedStatement statement = c.prepareStatement(sql)) {
            statement.setLong(1, argument);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
