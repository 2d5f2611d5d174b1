// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import java.util.List;

/**
 * Which nodes have applied a version. Each live node is in one of the lists.
 *
 * @param version the version
 * @param applied the live nodes that have applied it, sorted by name
 * @param refused the live nodes that have read it, and of which a breaker or layer refuses what is stored, sorted by
 *     name
 * @param notYet the live nodes that have not read it, sorted by name
 */
public record FleetAnswer(long version, List<String> applied, List<String> refused, List<String> notYet) {
    /** Copies the lists. */
    public FleetAnswer {
        applied = List.copyOf(applied);
        refused = List.copyOf(refused);
        notYet = List.copyOf(notYet);
    }
}
