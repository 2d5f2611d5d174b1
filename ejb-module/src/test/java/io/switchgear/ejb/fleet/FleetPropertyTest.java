// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import org.junit.jupiter.api.Test;

/**
 * Whatever happens to the nodes and on their way to the store, afterwards all run what is stored, and each change is
 * stored once or reported once. Each run is repeatable by its seed.
 */
class FleetPropertyTest {
    private static final int RUNS = Integer.getInteger("switchgear.test.runs", 100);

    @Test
    void whateverHappensAllAgreeAfterwardsAndNothingIsLostSilently() {
        for (long seed = 1; seed <= RUNS; seed++) {
            try {
                RandomFleet fleet = new RandomFleet(seed);
                for (int i = 0; i < 120; i++) {
                    fleet.act();
                }
                fleet.calm();
                fleet.check();
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("with seed " + seed, failed);
            }
        }
    }
}
