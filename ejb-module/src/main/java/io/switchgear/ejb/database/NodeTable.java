// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.database;

import io.switchgear.ejb.fleet.FleetStore;
import io.switchgear.ejb.fleet.FleetStore.NodeStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The table of nodes. */
final class NodeTable {
    static final String ONE_NODE = " where application = ? and node = ?";
    // instead of the incarnation of a node that has stopped
    static final String LEFT = "left";
    private static final int MAX_LIBRARY = 80;
    // of the line that says how many others there are
    private static final int MAX_MORE = 30;

    private NodeTable() {}

    static String heartbeat(Session session, NodeStatus status) throws SQLException {
        String now = Times.text(session.now());
        String before = session.first(
                "select incarnation from switchgear_node" + ONE_NODE + " and incarnation <> ?",
                row -> row.getString(1),
                status.application(),
                status.node(),
                LEFT);
        if (!status.incarnation().equals(before)) {
            begin(session, status, now);
        }
        if (live(session, status, now) > 0) {
            return before;
        }
        // it was deleted meanwhile, as that of a node that is gone
        begin(session, status, now);
        live(session, status, now);
        return null;
    }

    private static void begin(Session session, NodeStatus status, String now) throws SQLException {
        int updated = session.update(
                "update switchgear_node set incarnation = ?, started_at = ?" + ONE_NODE,
                status.incarnation(),
                now,
                status.application(),
                status.node());
        if (updated == 0) {
            insert(session, status.application(), status.node(), status.incarnation(), now);
        }
    }

    /** Inserts a node that begins to live, or as one that has {@link #LEFT}. */
    static void insert(Session session, String application, String node, String incarnation, String now)
            throws SQLException {
        session.update(
                "insert into switchgear_node (application, node, incarnation, started_at, heartbeat_at,"
                        + " applied_version, pending) values (?, ?, ?, ?, ?, 0, 0)",
                application,
                node,
                incarnation,
                now,
                now);
    }

    private static int live(Session session, NodeStatus status, String now) throws SQLException {
        return session.update(
                "update switchgear_node set heartbeat_at = ?, applied_version = ?, pending = ?, library = ?,"
                        + " states = ?, refused = ?" + ONE_NODE,
                now,
                status.version(),
                status.pending(),
                start(status.library(), MAX_LIBRARY),
                lines(status.states(), FleetStore.MAX_TEXT),
                lines(status.refused(), FleetStore.MAX_TEXT),
                status.application(),
                status.node());
    }

    private static String start(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max - 3) + "...";
    }

    /** Returns the first lines of a text, and how many others there are. */
    static String lines(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        List<String> lines = text.lines().toList();
        StringBuilder kept = new StringBuilder();
        int count = 0;
        for (String line : lines) {
            if (kept.length() + line.length() + 1 > max - MAX_MORE) {
                break;
            }
            kept.append(line).append('\n');
            count++;
        }
        return kept + "... and " + (lines.size() - count) + " more";
    }

    static int leave(Session session, String application, String node, String incarnation) throws SQLException {
        String now = Times.text(session.now());
        return session.update(
                "update switchgear_node set incarnation = ?, heartbeat_at = ?" + ONE_NODE + " and incarnation = ?",
                LEFT,
                now,
                application,
                node,
                incarnation);
    }

    static List<NodeStatus> nodes(Session session, String application) throws SQLException {
        Instant now = session.now();
        return session.query(
                "select * from switchgear_node where application = ? and incarnation <> ? order by node",
                0,
                row -> {
                    Instant heartbeatAt = Times.of(row.getString("heartbeat_at"));
                    return new NodeStatus(
                            application,
                            row.getString("node"),
                            row.getString("incarnation"),
                            row.getLong("applied_version"),
                            row.getInt("pending"),
                            JdbcFleetStore.text(row, "library"),
                            JdbcFleetStore.text(row, "states"),
                            JdbcFleetStore.text(row, "refused"),
                            Times.of(row.getString("started_at")),
                            heartbeatAt,
                            Times.millis(heartbeatAt, now));
                },
                application,
                LEFT);
    }
}
