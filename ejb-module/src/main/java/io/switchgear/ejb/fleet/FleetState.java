// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import java.util.List;

/**
 * How a node stands to its store at one moment.
 *
 * @param version the version that is applied here; 0 before the store was read
 * @param loaded whether the store has been read since the start
 * @param pending number of changes that are in force here and not written yet
 * @param unlogged number of intermediate values that were never written, since the queue was full
 * @param lost number of local changes that were not kept
 * @param problem why the store cannot be used now; empty if it can
 * @param refused the stored values that are not in force here, in a sentence each
 */
public record FleetState(
        long version, boolean loaded, int pending, long unlogged, long lost, String problem, List<String> refused) {
    /** Copies the list. */
    public FleetState {
        refused = List.copyOf(refused);
    }
}
