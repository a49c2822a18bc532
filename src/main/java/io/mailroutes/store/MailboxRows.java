package io.mailroutes.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

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
    public record Contents(Mailbox mailbox, List<UidRange> done, List<MailRow> mails) {
        public Contents {
            done = List.copyOf(done);
            mails = List.copyOf(mails);
        }
    }

    public Optional<Contents> load(String account, String folder) {
        return store.inTransaction(c -> {
            Optional<Mailbox> mailbox = find(c, account, folder);
            if (mailbox.isEmpty()) {
                return Optional.empty();
            }
            long id = mailbox.get().id();
            return Optional.of(new Contents(mailbox.get(), new DoneRanges(c, id).all(), new MailRows(c, id).all()));
        });
    }

    /**
     * Begins a folder, or begins it anew under another numbering: what was known of its mails is forgotten.
     *
     * @param done ascending, neither overlapping nor touching
     */
    public Mailbox start(
            String account, String folder, long uidValidity, Collection<UidRange> done, Instant startedAt) {
        return store.inTransaction(c -> {
            Mailbox mailbox = new Mailbox(upsert(c, account, folder, uidValidity, startedAt), uidValidity);
            forget(c, "DELETE FROM done WHERE mailbox_id = ?", mailbox);
            forget(c, "DELETE FROM mail WHERE mailbox_id = ?", mailbox);
            new DoneRanges(c, mailbox.id()).begin(done);
            return mailbox;
        });
    }

    /** Writes these mails, except where the mail is settled or done already. */
    public void put(Mailbox mailbox, Collection<MailRow> mails) {
        store.inTransaction(c -> {
            requireCurrent(c, mailbox);
            new MailRows(c, mailbox.id()).put(mails);
            return mailbox;
        });
    }

    /** These UIDs are done: their rows go, and the ranges of the done ones grow. */
    public void settle(Mailbox mailbox, Collection<UidRange> ranges) {
        store.inTransaction(c -> {
            requireCurrent(c, mailbox);
            MailRows mails = new MailRows(c, mailbox.id());
            DoneRanges done = new DoneRanges(c, mailbox.id());
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
            DoneRanges done = new DoneRanges(c, mailbox.id());
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

    private static void forget(Connection c, String sql, Mailbox mailbox) throws SQLException {
        try (PreparedStatement statement = c.prepareStatement(sql)) {
            statement.setLong(1, mailbox.id());
            statement.executeUpdate();
        }
    }
}
