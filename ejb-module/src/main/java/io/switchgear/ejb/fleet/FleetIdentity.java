// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import java.time.Duration;

/**
 * What a node knows of itself.
 *
 * @param application the name of the application, 1 to 200 characters; applications of different names share nothing
 * @param node the name of the node, 1 to 200 characters, unique within the application, and not {@code *}
 * @param fleetScope whether changes made on this node hold for all nodes; otherwise for this node alone
 * @param livePeriod a node without a heartbeat for this time counts as gone; a third of it is the pause between
 *     heartbeats
 * @param library the version of this library
 */
public record FleetIdentity(String application, String node, boolean fleetScope, Duration livePeriod, String library) {
    /**
     * Creates an identity.
     *
     * @throws IllegalArgumentException if a name is blank, too long, or {@code *}, or if the period is not positive
     */
    public FleetIdentity {
        check("the name of the application", application);
        check("the name of the node (switchgear.fleet.node)", node);
        if (node.equals(FleetStore.FLEET)) {
            throw new IllegalArgumentException("the name of the node (switchgear.fleet.node) must not be *");
        }
        if (livePeriod.isNegative() || livePeriod.isZero()) {
            throw new IllegalArgumentException("livePeriod must be positive but was " + livePeriod);
        }
    }

    private static void check(String what, String name) {
        if (name.isBlank() || name.length() > FleetStore.MAX_LENGTH) {
            throw new IllegalArgumentException(what + " must have 1 to " + FleetStore.MAX_LENGTH
                    + " characters and not be blank but was \"" + name + "\"");
        }
    }

    /** Returns the target of changes made on this node. */
    String target() {
        return fleetScope ? FleetStore.FLEET : node;
    }
}
