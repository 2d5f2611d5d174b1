// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.transacted;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A table of the server's database, and the failures of those who write to it. */
@ApplicationScoped
public class Table {
    /** A failure for which containers commit, unless they are configured otherwise. */
    public static class Refused extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    /** Removes all rows; the next writes fail as often as this. */
    public void clear(int failing) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet existing = connection.getMetaData().getTables(null, null, "WRITTEN", null)) {
            statement.execute(existing.next() ? "DELETE FROM written" : "CREATE TABLE written (id INT)");
        }
        calls.set(0);
        failures.set(failing);
    }

    /** Writes the number of this call. */
    public int write() {
        int call = calls.incrementAndGet();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO written VALUES (" + call + ")");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return call;
    }

    public boolean failsNow() {
        return failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    /** Writes, and then fails if it is to fail. */
    public int writeOrFail() {
        int call = write();
        if (failsNow()) {
            throw new IllegalStateException("call " + call + " failed");
        }
        return call;
    }

    public int writeOrRefuse() throws Refused {
        int call = write();
        if (failsNow()) {
            throw new Refused();
        }
        return call;
    }

    public int calls() {
        return calls.get();
    }

    /** Returns the rows, in order. */
    public List<Integer> rows() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT id FROM written ORDER BY id")) {
            List<Integer> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getInt(1));
            }
            return rows;
        }
    }
}
