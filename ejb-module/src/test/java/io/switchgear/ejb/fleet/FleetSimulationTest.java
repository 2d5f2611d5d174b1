// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the simulation of a fleet has to show. */
class FleetSimulationTest {
    @Test
    void changesSpreadWithinTwoPollsAndWithMessagesAtOnce() {
        List<String> sizes =
                List.of(System.getProperty("switchgear.test.nodes", "10").split(","));
        FleetSimulation.print(sizes).forEach((fleet, figures) -> {
            assertThat(figures.worstMillis())
                    .as("spread in %s", fleet)
                    .isLessThanOrEqualTo(fleet.endsWith("messages") ? 1_000 : 10_000);
            assertThat(figures.partitionMillis()).isLessThanOrEqualTo(40_000);
            assertThat(figures.outageMillis()).isLessThanOrEqualTo(40_000);
            assertThat(figures.clockMillis()).isLessThanOrEqualTo(10);
            assertThat(figures.nonsenseChanges()).isZero();
            assertThat(figures.nonsenseSentences()).isEqualTo(3);
            assertThat(figures.silentLosses()).isZero();
        });
    }
}
