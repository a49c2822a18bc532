package io.mailroutes.store;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done in one transaction. It neither commits nor rolls back nor keeps the connection. */
@FunctionalInterface
interface SqlWork<T> {
    T run(Connection connection) throws SQLException;
}
