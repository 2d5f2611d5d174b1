// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import io.switchgear.managed.FleetNodeStatus;
import java.util.List;

/** A node of the fleet as the page shows it, with names as in {@link FleetNodeStatus}. */
public record NodeRow(
        String name,
        boolean alive,
        long secondsSinceHeartbeat,
        long behind,
        int waitingChanges,
        int refused,
        List<String> breakers) {

    static NodeRow of(FleetNodeStatus node) {
        return new NodeRow(
                node.name(),
                node.alive(),
                node.sinceHeartbeat().toSeconds(),
                node.behind(),
                node.waitingChanges(),
                node.refused().size(),
                node.breakers());
    }
}
