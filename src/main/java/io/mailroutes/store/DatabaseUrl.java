package io.mailroutes.store;

import java.nio.file.Path;

/** Where {@code mailroutes.store.url} points to. */
final class DatabaseUrl {
    private static final String SQLITE = "jdbc:sqlite:";

    private DatabaseUrl() {}

    /** @param url empty for the default, {@code mailroutes.db} in the data directory */
    static Path file(String url, Path dataDirectory) {
        if (url.isBlank()) {
            return plain(dataDirectory.resolve("mailroutes.db"));
        }
        if (url.startsWith("jdbc:postgresql:")) {
            throw refused("PostgreSQL is not in this version");
        }
        if (!url.startsWith(SQLITE)) {
            throw refused("it does not start with " + SQLITE);
        }
        String name = url.substring(SQLITE.length());
        if (name.isBlank() || name.startsWith(":") || name.startsWith("file:")) {
            throw refused("a plain file name must follow " + SQLITE + ", for the state must survive");
        }
        return plain(Path.of(name));
    }

    static String url(Path file) {
        return SQLITE + file;
    }

    /** The driver takes what follows a question mark for options. */
    private static Path plain(Path file) {
        if (file.toString().indexOf('?') >= 0) {
            throw refused("the path has a question mark, which the SQLite driver does not take: " + file);
        }
        return file.toAbsolutePath().normalize();
    }

    /** The URL itself is not quoted: it may hold a password. */
    private static PermanentStoreException refused(String why) {
        return new PermanentStoreException(
                "mailroutes.store.url cannot be used: " + why + ". Leave it out, or give jdbc:sqlite:PATH", null);
    }
}
