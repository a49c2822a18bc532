package io.mailroutes.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables, numbered by {@code PRAGMA user_version}. Times are milliseconds since 1970. */
final class Schema {
    /** MIGRATIONS.get(0) leads from nothing to version 1, and so on. A published one is never changed. */
    private static final List<List<String>> MIGRATIONS = List.of(
            List.of("""
            CREATE TABLE mailbox (
              id INTEGER PRIMARY KEY,
              account TEXT NOT NULL,
              folder TEXT NOT NULL,
              uidvalidity INTEGER NOT NULL,
              started_at INTEGER NOT NULL,
              last_internal_date INTEGER,
              UNIQUE (account, folder))""", """
            CREATE TABLE done (
              mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
              first_uid INTEGER NOT NULL,
              last_uid INTEGER NOT NULL CHECK (last_uid >= first_uid),
              PRIMARY KEY (mailbox_id, first_uid)) WITHOUT ROWID""", """
            CREATE TABLE mail (
              mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
              uid INTEGER NOT NULL,
              state TEXT NOT NULL CHECK (state IN ('claimed', 'waiting', 'delivered', 'quarantined')),
              attempts INTEGER NOT NULL,
              next_attempt_at INTEGER,
              error_class TEXT,
              error_text TEXT,
              changed_at INTEGER NOT NULL,
              PRIMARY KEY (mailbox_id, uid)) WITHOUT ROWID""", """
            CREATE TABLE token (
              account TEXT PRIMARY KEY NOT NULL,
              key_id TEXT NOT NULL,
              sealed BLOB NOT NULL,
              updated_at INTEGER NOT NULL)""", """
            CREATE TABLE lease (
              name TEXT PRIMARY KEY NOT NULL,
              owner TEXT NOT NULL,
              until INTEGER NOT NULL)"""),
            List.of("""
            CREATE TABLE account (
              name TEXT PRIMARY KEY NOT NULL,
              refusal TEXT,
              refused_at INTEGER,
              consent_lived INTEGER)""", """
            CREATE TABLE activity (
              account TEXT NOT NULL,
              folder TEXT NOT NULL,
              proof_of_life_at INTEGER,
              last_mail_at INTEGER,
              backlog INTEGER,
              PRIMARY KEY (account, folder)) WITHOUT ROWID"""),
            List.of("ALTER TABLE mailbox ADD COLUMN backlog_until INTEGER", """
            CREATE TABLE held (
              mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
              first_uid INTEGER NOT NULL,
              last_uid INTEGER NOT NULL CHECK (last_uid >= first_uid),
              PRIMARY KEY (mailbox_id, first_uid)) WITHOUT ROWID""", """
            CREATE TABLE fingerprint (
              mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
              uid INTEGER NOT NULL,
              high INTEGER NOT NULL,
              low INTEGER NOT NULL,
              internal_date INTEGER NOT NULL,
              PRIMARY KEY (mailbox_id, uid)) WITHOUT ROWID"""));

    static final int VERSION = MIGRATIONS.size();

    private Schema() {}

    /** To be called in a transaction, so that only one of several starting processes migrates. */
    static void migrate(Connection connection, Path file) throws SQLException {
        int version = number(connection, "PRAGMA user_version");
        if (version > VERSION) {
            throw new PermanentStoreException(
                    "the state in " + file + " was written by a newer Mailroutes (schema " + version
                            + "; this one knows up to " + VERSION
                            + "). Run the newer version, or use another data directory",
                    null);
        }
        if (version == 0 && number(connection, "SELECT count(*) FROM sqlite_master") > 0) {
            throw new PermanentStoreException(
                    file + " is the database of another program. Use another file or data directory", null);
        }
        try (Statement statement = connection.createStatement()) {
            for (int from = version; from < VERSION; from++) {
                for (String sql : MIGRATIONS.get(from)) {
                    statement.execute(sql);
                }
                statement.execute("PRAGMA user_version = " + (from + 1));
            }
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        }
    }
}
