// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.database;

import io.switchgear.ejb.fleet.FleetKey;
import io.switchgear.ejb.fleet.FleetStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * A {@link FleetStore} in a relational database. Creates its tables on first use.
 *
 * <p>A write first increments the version of its application. That locks the row until the transaction ends, so all
 * that follows is seen and done by one writer at a time.
 */
public final class JdbcFleetStore implements FleetStore {
    private static final String SETTING_COLUMNS =
            "kind, name, setting, target, setting_value, version, node, author," + " reason, changed_at, ends_at";
    private static final String OF_KEY = " where application = ? and kind = ? and name = ? and setting = ?";

    private final Database database;
    private final Schema schema;

    /**
     * Creates a store; uses the database at the first operation.
     *
     * @param source the data source; its connections must not take part in a transaction of the caller
     * @param where its name for messages, such as {@code java:comp/DefaultDataSource}
     */
    public JdbcFleetStore(DataSource source, String where) {
        this(source, where, new Schema());
    }

    JdbcFleetStore(DataSource source, String where, Schema schema) {
        database = new Database(source, where);
        this.schema = schema;
    }

    private <T> T run(Database.Work<T> work) {
        try {
            return attempt(work);
        } catch (SQLException failed) {
            throw database.failure(failed);
        }
    }

    private <T> T attempt(Database.Work<T> work) throws SQLException {
        try {
            schema.prepare(database);
            return database.run(work);
        } catch (SQLException failed) {
            schema.doubt();
            throw failed;
        }
    }

    @Override
    public long version(String application) {
        return run(session -> version(session, application));
    }

    private static long version(Session session, String application) throws SQLException {
        Long version = session.first(
                "select version from switchgear_application where application = ?", row -> row.getLong(1), application);
        return version == null ? 0 : version;
    }

    @Override
    public Rows since(String application, long version) {
        return run(session -> {
            // first the version: rows that are written meanwhile are read twice, and none is missed
            long present = version(session, application);
            Instant now = session.now();
            List<Row> rows = new ArrayList<>();
            List<String> damaged = new ArrayList<>();
            session.query(
                    "select " + SETTING_COLUMNS
                            + " from switchgear_setting where application = ? and version > ? order by version",
                    0,
                    row -> {
                        try {
                            return rows.add(row(row, now));
                        } catch (DateTimeException noTime) {
                            return damaged.add(key(row) + ", for " + row.getString("target") + ", in " + database + ": "
                                    + noTime.getMessage());
                        }
                    },
                    application,
                    version);
            return new Rows(present, rows, damaged);
        });
    }

    @Override
    public Written write(Write write) {
        try {
            Written written = attempt(session -> write(session, write));
            if (written != null) {
                return written;
            }
            addApplication(write.application());
            return attempt(session -> write(session, write));
        } catch (SQLException failed) {
            if (isViolation(failed) || String.valueOf(failed.getSQLState()).startsWith("22")) {
                throw new IllegalArgumentException(database + " refuses a value: " + Database.reason(failed), failed);
            }
            throw database.failure(failed);
        }
    }

    /** Writes if the application has a row; otherwise returns {@code null}. */
    private static Written write(Session session, Write write) throws SQLException {
        String application = write.application();
        if (session.update("update switchgear_application set version = version + 1 where application = ?", application)
                == 0) {
            return null;
        }
        Long before = session.first(
                "select version from switchgear_change where application = ? and write_id = ?",
                row -> row.getLong(1),
                application,
                write.id());
        if (before != null) {
            session.rollback();
            return new Written(before, Map.of());
        }
        long version = version(session, application);
        long deleted = GoneNodes.version(session, application);
        Instant now = session.now();
        Map<Change, Row> conflicts = new LinkedHashMap<>();
        for (Change change : write.changes()) {
            Row winner = winner(session, application, change, now);
            if (winner == null && GoneNodes.isOlder(change, deleted)) {
                winner = GoneNodes.row(change, deleted, now);
            }
            if (winner != null) {
                conflicts.put(change, winner);
            }
        }
        if (!conflicts.isEmpty()) {
            session.rollback();
            return new Written(0, conflicts);
        }
        int seq = 0;
        for (Change change : write.changes()) {
            store(session, write, change, version, seq++, now);
        }
        return new Written(version, Map.of());
    }

    private void addApplication(String application) throws SQLException {
        try {
            attempt(session -> session.update(
                    "insert into switchgear_application (application, version) values (?, ?)",
                    application,
                    // not 0 if an administrator has deleted the row alone
                    Math.max(
                            last(session, "switchgear_change", application),
                            last(session, "switchgear_setting", application))));
        } catch (SQLException failed) {
            if (!isViolation(failed)) {
                throw failed;
            }
            // another node was faster
        }
    }

    private static long last(Session session, String table, String application) throws SQLException {
        return session.first(
                "select max(version) from " + table + " where application = ?", row -> row.getLong(1), application);
    }

    private static Row winner(Session session, String application, Change change, Instant now) throws SQLException {
        FleetKey key = change.key();
        // all rows of the key hold for the fleet
        return session.first(
                "select " + SETTING_COLUMNS + " from switchgear_setting" + OF_KEY
                        + " and version > ? and (target = ? or target = '*' or ? = '*') order by version desc",
                row -> row(row, now),
                application,
                key.kind(),
                key.name(),
                key.setting(),
                change.base(),
                change.target(),
                change.target());
    }

    private static void store(Session session, Write write, Change change, long version, int seq, Instant now)
            throws SQLException {
        FleetKey key = change.key();
        String changedAt = Times.text(now);
        String endsAt = change.forMillis() == null ? null : Times.text(now.plusMillis(change.forMillis()));
        String old = session.first(
                "select setting_value from switchgear_setting" + OF_KEY + " and target = ?",
                row -> row.getString(1),
                write.application(),
                key.kind(),
                key.name(),
                key.setting(),
                change.target());
        int updated = session.update(
                "update switchgear_setting set setting_value = ?, version = ?, node = ?, author = ?, reason = ?,"
                        + " changed_at = ?, ends_at = ?" + OF_KEY + " and target = ?",
                change.value(),
                version,
                write.node(),
                change.author(),
                change.reason(),
                changedAt,
                endsAt,
                write.application(),
                key.kind(),
                key.name(),
                key.setting(),
                change.target());
        if (updated == 0) {
            session.update(
                    "insert into switchgear_setting (" + SETTING_COLUMNS
                            + ", application) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    key.kind(),
                    key.name(),
                    key.setting(),
                    change.target(),
                    change.value(),
                    version,
                    write.node(),
                    change.author(),
                    change.reason(),
                    changedAt,
                    endsAt,
                    write.application());
        }
        session.update(
                "insert into switchgear_change (application, version, seq, write_id, changed_at, node, author, source,"
                        + " target, kind, name, setting, old_value, new_value, reason, ends_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                write.application(),
                version,
                seq,
                write.id(),
                changedAt,
                write.node(),
                change.author(),
                change.source(),
                change.target(),
                key.kind(),
                key.name(),
                key.setting(),
                old,
                change.value(),
                change.reason(),
                endsAt);
    }

    private static FleetKey key(ResultSet row) throws SQLException {
        return new FleetKey(row.getString("kind"), row.getString("name"), row.getString("setting"));
    }

    private static Row row(ResultSet row, Instant now) throws SQLException {
        return new Row(
                key(row),
                row.getString("target"),
                row.getString("setting_value"),
                row.getLong("version"),
                row.getString("node"),
                row.getString("author"),
                text(row, "reason"),
                Times.of(row.getString("changed_at")),
                Times.millis(now, Times.of(row.getString("ends_at"))));
    }

    /** Returns a text; some databases store an empty one as null. */
    static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNullElse(row.getString(column), "");
    }

    @Override
    public List<LoggedChange> history(String application, int max) {
        return run(session -> session.query(
                "select * from switchgear_change where application = ? order by version desc, seq desc",
                max,
                row -> new LoggedChange(
                        row.getLong("version"),
                        row.getString("node"),
                        row.getString("target"),
                        key(row),
                        row.getString("old_value"),
                        row.getString("new_value"),
                        row.getString("author"),
                        text(row, "source"),
                        text(row, "reason"),
                        Times.of(row.getString("changed_at")),
                        Times.of(row.getString("ends_at"))),
                application));
    }

    @Override
    public int clean(String application, int days) {
        if (days < 1) {
            throw new IllegalArgumentException("days must be >= 1 but was " + days);
        }
        int deleted = run(session -> session.update(
                "delete from switchgear_change where application = ? and changed_at < ?",
                application,
                daysAgo(session, days)));
        int nodeDays = Math.max(days, MIN_NODE_DAYS);
        List<String> gone = insertingOnce(session -> GoneNodes.find(session, application, daysAgo(session, nodeDays)));
        // one by one, as writes of the application wait meanwhile
        gone.forEach(node -> run(session -> GoneNodes.delete(session, application, node, daysAgo(session, nodeDays))));
        return deleted;
    }

    private static String daysAgo(Session session, int days) throws SQLException {
        return Times.text(session.now().minus(Duration.ofDays(days)));
    }

    /**
     * Runs work that may insert a row which another node inserts at the same time: that one is found by a second try.
     */
    private <T> T insertingOnce(Database.Work<T> work) {
        try {
            return attempt(work);
        } catch (SQLException failed) {
            if (isViolation(failed)) {
                return run(work);
            }
            throw database.failure(failed);
        }
    }

    /** Returns whether a constraint of the tables refused a row. */
    private static boolean isViolation(SQLException failed) {
        return String.valueOf(failed.getSQLState()).startsWith("23");
    }

    // ---- nodes

    @Override
    public String heartbeat(NodeStatus status) {
        return insertingOnce(session -> NodeTable.heartbeat(session, status));
    }

    @Override
    public void leave(String application, String node, String incarnation) {
        run(session -> NodeTable.leave(session, application, node, incarnation));
    }

    @Override
    public List<NodeStatus> nodes(String application) {
        return run(session -> NodeTable.nodes(session, application));
    }

    @Override
    public String description() {
        return database.toString();
    }
}
