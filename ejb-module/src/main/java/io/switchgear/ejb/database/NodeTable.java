// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.database;

import io.switchgear.ejb.fleet.FleetStore;
import io.switchgear.ejb.fleet.FleetStore.NodeStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The table of nodes. */
final class NodeTable {
    private static final String ONE_NODE = " where application = ? and node = ?";
    private static final int MAX_LIBRARY = 80;

    private NodeTable() {}

    static String heartbeat(Session session, NodeStatus status) throws SQLException {
        String now = Times.text(session.now());
        String before = session.first(
                "select incarnation from switchgear_node" + ONE_NODE,
                row -> row.getString(1),
                status.application(),
                status.node());
        if (before == null) {
            session.update(
                    "insert into switchgear_node (application, node, incarnation, started_at, heartbeat_at,"
                            + " applied_version, pending) values (?, ?, ?, ?, ?, 0, 0)",
                    status.application(),
                    status.node(),
                    status.incarnation(),
                    now,
                    now);
        } else if (!before.equals(status.incarnation())) {
            session.update(
                    "update switchgear_node set incarnation = ?, started_at = ?" + ONE_NODE,
                    status.incarnation(),
                    now,
                    status.application(),
                    status.node());
        }
        session.update(
                "update switchgear_node set heartbeat_at = ?, applied_version = ?, pending = ?, library = ?,"
                        + " states = ?, refused = ?" + ONE_NODE,
                now,
                status.version(),
                status.pending(),
                start(status.library(), MAX_LIBRARY),
                start(status.states(), FleetStore.MAX_TEXT),
                start(status.refused(), FleetStore.MAX_TEXT),
                status.application(),
                status.node());
        return before;
    }

    private static String start(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max - 3) + "...";
    }

    static int leave(Session session, String application, String node, String incarnation) throws SQLException {
        return session.update(
                "delete from switchgear_node" + ONE_NODE + " and incarnation = ?", application, node, incarnation);
    }

    static List<NodeStatus> nodes(Session session, String application) throws SQLException {
        Instant now = session.now();
        return session.query(
                "select * from switchgear_node where application = ? order by node",
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
                application);
    }
}
