// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.database;

import io.switchgear.ejb.fleet.FleetStore;
import io.switchgear.ejb.fleet.FleetStore.Change;
import io.switchgear.ejb.fleet.FleetStore.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Deletes nodes that are gone, with the values for them alone. A process that was cut off for long may still come back
 * with a change that is older than a deleted value. Therefore the highest version of all deleted values is kept: of
 * what was written up to then, such a change must have known all.
 */
final class GoneNodes {
    private static final String OF_NODE = " from switchgear_setting where application = ? and target = ?";

    private GoneNodes() {}

    /** Returns the nodes that have not lived since some time. */
    static List<String> find(Session session, String application, String before) throws SQLException {
        addUnknown(session, application);
        return session.query(
                "select node from switchgear_node where application = ? and heartbeat_at < ?",
                0,
                row -> row.getString(1),
                application,
                before);
    }

    /** Records nodes that have values and no record, as after an upgrade: they count as gone from now on. */
    private static void addUnknown(Session session, String application) throws SQLException {
        List<String> unknown = session.query(
                "select distinct target from switchgear_setting where application = ? and target <> ?"
                        + " and target not in (select node from switchgear_node where application = ?)",
                0,
                row -> row.getString(1),
                application,
                FleetStore.FLEET,
                application);
        String now = Times.text(session.now());
        for (String node : unknown) {
            NodeTable.insert(session, application, node, NodeTable.LEFT, now);
        }
    }

    /**
     * Deletes a node, unless it has lived since some time, and returns the number of its values. A node that starts
     * meanwhile either lives before, and stays, or waits until this is done.
     */
    static int delete(Session session, String application, String node, String before) throws SQLException {
        // writes wait: otherwise one might be based on a value that is deleted here
        session.update("update switchgear_application set version = version where application = ?", application);
        if (session.update(
                        "delete from switchgear_node" + NodeTable.ONE_NODE + " and heartbeat_at < ?",
                        application,
                        node,
                        before)
                == 0) {
            return 0;
        }
        Long last = session.first(
                "select version" + OF_NODE + " order by version desc", row -> row.getLong(1), application, node);
        if (last == null) {
            return 0;
        }
        long version = Math.max(last, version(session, application));
        if (session.update("update switchgear_cleaned set version = ? where application = ?", version, application)
                == 0) {
            session.update("insert into switchgear_cleaned (application, version) values (?, ?)", application, version);
        }
        return session.update("delete" + OF_NODE, application, node);
    }

    /** Returns the highest version of the values that were deleted; 0 if there were none. */
    static long version(Session session, String application) throws SQLException {
        Long version = session.first(
                "select version from switchgear_cleaned where application = ?", row -> row.getLong(1), application);
        return version == null ? 0 : version;
    }

    /** Returns whether a change may be older than a deleted value of its key. Nothing is deleted of all nodes. */
    static boolean isOlder(Change change, long version) {
        return !change.target().equals(FleetStore.FLEET) && change.base() > 0 && change.base() < version;
    }

    /** Returns the row to show as the one that won. */
    static Row row(Change change, long version, Instant now) {
        return new Row(
                change.key(), change.target(), null, version, change.target(), "the daily cleaning", "", now, null);
    }
}
