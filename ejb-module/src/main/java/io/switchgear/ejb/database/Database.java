// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Runs work on a connection and in a transaction of its own.
 *
 * @param source gives connections
 * @param where the name for messages
 */
record Database(DataSource source, String where) {
    private static final int VALID_SECONDS = 5;
    private static final int MAX_CAUSES = 20;

    /** Work in a transaction. */
    @FunctionalInterface
    interface Work<T> {
        T in(Session session) throws SQLException;
    }

    /** Runs work and commits it. If it throws, nothing of it is done, except that a failed commit may have been. */
    <T> T run(Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                T result = work.in(new Session(connection));
                connection.commit();
                connection.setAutoCommit(autoCommit);
                return result;
            } catch (SQLException | RuntimeException failed) {
                undo(connection, autoCommit, failed);
                throw failed;
            }
        }
    }

    private static void undo(Connection connection, boolean autoCommit, Exception failed) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException broken) {
            failed.addSuppressed(broken);
        }
    }

    /** Returns whether a connection can be had and used. */
    boolean isReachable() {
        try (Connection connection = source.getConnection()) {
            return connection.isValid(VALID_SECONDS);
        } catch (SQLException away) {
            return false;
        }
    }

    /** Returns the exception for a database that cannot be used now. */
    UncheckedIOException failure(SQLException cause) {
        return failure(
                this + " cannot be read or written (" + reason(cause)
                        + "); see to the data source, the database server and the network between",
                cause);
    }

    /** Returns the exception with a message for operators. */
    static UncheckedIOException failure(String message, SQLException cause) {
        return new UncheckedIOException(message, new IOException(cause));
    }

    /** Returns the message of a failure on one line, with that of its first cause: pools may say only "Error". */
    static String reason(SQLException failure) {
        Throwable first = failure;
        for (int i = 0; i < MAX_CAUSES && first.getCause() != null; i++) {
            first = first.getCause();
        }
        String reason = line(failure);
        return reason.contains(line(first)) ? reason : reason + ": " + line(first);
    }

    private static String line(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).strip().replaceAll("\\s+", " ");
    }

    @Override
    public String toString() {
        return "database " + where;
    }
}
