// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static io.switchgear.jmx.MBeanAttribute.gauge;
import static io.switchgear.jmx.MBeanAttribute.reading;

import io.switchgear.managed.FleetNodeStatus;
import io.switchgear.message.Text;
import java.util.List;
import java.util.stream.Stream;
import javax.management.openmbean.TabularData;

/** The attributes of the MBean of a fleet. */
final class FleetAttributes {
    private static final int MAX_LINES = 200;
    private static final int MAX_LOG = 50;

    private FleetAttributes() {}

    static Stream<MBeanAttribute<FleetView>> all() {
        return Stream.of(
                reading(
                        "Overview",
                        String[].class,
                        "One line per node: heartbeat, changes and breakers that are not closed; at most 200",
                        view -> lines(view.fleet().nodes().stream()
                                .map(FleetAttributes::line)
                                .toList())),
                reading(
                        "Node",
                        String.class,
                        "Name of this node",
                        view -> view.fleet().node()),
                reading(
                        "Store",
                        String.class,
                        "Place that all nodes share, where settings, modes and changes are stored",
                        view -> view.fleet().store()),
                reading(
                        "Connection",
                        String.class,
                        "connected, or since when and why the store cannot be used",
                        view -> view.fleet().connection()),
                reading(
                        "Messages",
                        String.class,
                        "connected, off, or why messages that wake nodes are not received or not sent",
                        view -> view.fleet().messages()),
                gauge(
                        "WaitingChanges",
                        int.class,
                        "changes",
                        "Changes of this node that are in force here and not stored yet",
                        view -> view.fleet().waitingChanges()),
                reading(
                        "Nodes",
                        TabularData.class,
                        "All nodes as a table, for programs",
                        view -> Tables.nodes(view.fleet().nodes())),
                reading(
                        "Problems",
                        String[].class,
                        "Changes that this node did not accept or that were overruled, a sentence each; at most 200",
                        view -> lines(view.fleet().problems())),
                reading(
                        "ChangeLog",
                        String[].class,
                        "The last 50 changes of all nodes, the newest first",
                        view -> lines(view.fleet().log(MAX_LOG))),
                reading(
                        "LastRefusedChange",
                        String.class,
                        "Last operation refused here: time, reason and author; some consoles do not show refusals",
                        FleetView::lastRefusedChange));
    }

    private static String[] lines(List<String> lines) {
        return lines.stream().limit(MAX_LINES).toArray(String[]::new);
    }

    private static String line(FleetNodeStatus node) {
        return node.name()
                + (node.alive()
                        ? ""
                        : " gone, last seen " + node.sinceHeartbeat().toSeconds() + " s ago,")
                + (node.behind() == 0 ? " up to date" : " behind by " + Text.count(node.behind(), "change"))
                + (node.waitingChanges() == 0 ? "" : ", " + node.waitingChanges() + " not stored")
                + (node.refused().isEmpty() ? "" : ", " + node.refused().size() + " refused")
                + (node.breakers().isEmpty() ? "" : ": " + String.join(", ", node.breakers()));
    }
}
