// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import io.switchgear.ejb.fleet.FleetStore.NodeStatus;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Records in the store that a node lives, when that is due and when its status has changed. One thread at a time. */
final class Heartbeat {
    private final FleetIdentity identity;
    private final FleetStore store;
    private final FleetLog log;
    private final LongSupplier nanos;
    private final String incarnation = UUID.randomUUID().toString();
    private NodeStatus recorded;
    private long recordedAt;
    private int namesakes;

    Heartbeat(FleetIdentity identity, FleetStore store, FleetLog log, LongSupplier nanos) {
        this.identity = identity;
        this.store = store;
        this.log = log;
        this.nanos = nanos;
    }

    /** Records it. Returns whether the store had forgotten this node: what it had for it alone may be deleted. */
    boolean beat(long version, int pending, String states, String refused) {
        NodeStatus status = new NodeStatus(
                identity.application(),
                identity.node(),
                incarnation,
                version,
                pending,
                identity.library(),
                states,
                refused,
                null,
                null,
                0);
        if (status.equals(recorded)
                && nanos.getAsLong() - recordedAt < identity.livePeriod().toNanos() / 3) {
            return false;
        }
        String before = store.heartbeat(status);
        // once may be the last heartbeat of a process that this one replaces
        if (recorded != null && before != null && !incarnation.equals(before) && ++namesakes == 2) {
            log.namesake("another process calls itself node " + identity.node() + " of " + identity.application()
                    + "; give each process its own name by switchgear.fleet.node");
        }
        boolean forgotten = recorded != null && before == null;
        recorded = status;
        recordedAt = nanos.getAsLong();
        return forgotten;
    }

    /** Records that this node has stopped. */
    void end() {
        store.leave(identity.application(), identity.node(), incarnation);
    }
}
