package io.mailroutes.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** SQLite's result codes in words, and whether waiting may help (https://www.sqlite.org/rescode.html). */
final class SqliteErrors {
    private SqliteErrors() {}

    static StoreException of(Path file, SQLException e) {
        String subject = "the state in " + file + " ";
        return switch (primary(e)) {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
                new TransientStoreException(subject + "is held by another process for too long; it is tried again", e);
            case SQLITE_FULL ->
                new TransientStoreException(
                        subject + "cannot grow: the disk is full. Free some space; mail stays on the server meanwhile",
                        e);
            case SQLITE_IOERR ->
                new TransientStoreException(
                        subject + "cannot be read or written: input/output error (" + e.getMessage()
                                + "). Look at the disk; mail stays on the server meanwhile",
                        e);
            case SQLITE_NOMEM, SQLITE_INTERRUPT ->
                new TransientStoreException(subject + "cannot be used now: " + e.getMessage(), e);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                new PermanentStoreException(
                        subject + "is damaged or no Mailroutes database. Put back a backup of it, or move it away to"
                                + " start anew: accounts then need a new login, and mail may be delivered again",
                        e);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH ->
                new PermanentStoreException(
                        subject + "cannot be opened for writing. The user that runs Mailroutes must own it and be able"
                                + " to write it and its directory",
                        e);
            default -> new PermanentStoreException(subject + "refused a statement: " + e.getMessage(), e);
        };
    }

    static boolean isBusy(SQLException e) {
        return primary(e) == SQLiteErrorCode.SQLITE_BUSY;
    }

    /** The upper bytes of a result code only say more about the same thing. */
    private static SQLiteErrorCode primary(SQLException e) {
        return SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xFF);
    }
}
