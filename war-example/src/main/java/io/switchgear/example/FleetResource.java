// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import io.switchgear.managed.Fleet;
import io.switchgear.managed.ManagedApplication;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The nodes that run the shop on one database, for the page. */
@Path("fleet")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class FleetResource {
    private static final int MAX_CHANGES = 3;

    @Inject
    private ManagedApplication application;

    /**
     * A fleet as the page shows it.
     *
     * @param node the name of this node; {@code null} if the shop is not part of a fleet
     * @param connection {@code connected}, or why the database cannot be used
     * @param changes the last changes, newest first
     */
    public record FleetStatus(String node, String connection, List<NodeRow> nodes, List<String> changes) {}

    @GET
    public FleetStatus status() {
        return application
                .fleet()
                .map(fleet -> new FleetStatus(
                        fleet.node(),
                        fleet.connection(),
                        fleet.nodes().stream().map(NodeRow::of).toList(),
                        changes(fleet)))
                .orElse(new FleetStatus(null, null, List.of(), List.of()));
    }

    private static List<String> changes(Fleet fleet) {
        try {
            return fleet.log(MAX_CHANGES);
        } catch (IllegalStateException databaseAway) {
            // the connection says so
            return List.of();
        }
    }
}
