// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

/**
 * Receives requests of a node to the runtime around it. Called on any thread, also those of callers; must not block.
 */
public interface FleetSignals {
    /** Called after a local change: {@link FleetNode#step} should be called soon, on another thread. */
    void stepSoon();

    /** Called after a write: the other nodes should take a step soon. */
    void written(long version);
}
