// SPDX-License-Identifier: Apache-2.0
package io.switchgear.managed;

import java.time.Duration;
import java.util.List;

/**
 * One node of a fleet, as it last reported itself.
 *
 * @param name the node's name
 * @param sinceHeartbeat the age of its last report, by the clock of the store
 * @param alive whether that is recent
 * @param version the number of the last change that it has applied
 * @param behind the number of changes that it has not applied yet
 * @param waitingChanges the number of its changes that are not stored yet
 * @param breakers a line for each breaker that is not closed and automatic: name, state and mode
 * @param refused a sentence for each change that it did not accept
 * @since 0.1
 */
public record FleetNodeStatus(
        String name,
        Duration sinceHeartbeat,
        boolean alive,
        long version,
        long behind,
        int waitingChanges,
        List<String> breakers,
        List<String> refused) {}
