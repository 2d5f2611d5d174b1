// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One transaction, and the statements that run in it. */
final class Session {
    private static final int TIMEOUT_SECONDS = 5;

    /** Creates a value from the present row. */
    @FunctionalInterface
    interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    @FunctionalInterface
    private interface Execution<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private final Connection connection;

    Session(Connection connection) {
        this.connection = connection;
    }

    /** Runs a statement that changes rows, and returns their number. */
    int update(String sql, Object... parameters) throws SQLException {
        return run(sql, PreparedStatement::executeUpdate, parameters);
    }

    /** Returns the rows of a query. */
    <T> List<T> query(String sql, int max, Mapper<T> mapper, Object... parameters) throws SQLException {
        return run(
                sql,
                statement -> {
                    statement.setMaxRows(max);
                    List<T> found = new ArrayList<>();
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            found.add(mapper.map(rows));
                        }
                    }
                    return found;
                },
                parameters);
    }

    /** Returns the first row of a query; {@code null} if it has none. */
    <T> T first(String sql, Mapper<T> mapper, Object... parameters) throws SQLException {
        List<T> found = query(sql, 1, mapper, parameters);
        return found.isEmpty() ? null : found.get(0);
    }

    private <T> T run(String sql, Execution<T> execution, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int timeout = statement.getQueryTimeout();
            T result;
            try {
                statement.setQueryTimeout(TIMEOUT_SECONDS);
                for (int i = 0; i < parameters.length; i++) {
                    if (parameters[i] instanceof Number number) {
                        statement.setLong(i + 1, number.longValue());
                    } else {
                        // setString also for null: drivers then know the type
                        statement.setString(i + 1, (String) parameters[i]);
                    }
                }
                result = execution.of(statement);
            } catch (SQLException | RuntimeException failed) {
                try {
                    statement.setQueryTimeout(timeout);
                } catch (SQLException broken) {
                    failed.addSuppressed(broken);
                }
                throw failed;
            }
            // in H2 it is that of the connection, which the application uses next
            statement.setQueryTimeout(timeout);
            return result;
        }
    }

    /** Returns the time of the database's clock. */
    Instant now() throws SQLException {
        // the table has one row: not every database has a query without a table
        return first(
                "select current_timestamp from switchgear_schema",
                row -> row.getTimestamp(1).toInstant());
    }

    /** Undoes what this session has done so far. */
    void rollback() throws SQLException {
        connection.rollback();
    }
}
