// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import static io.switchgear.settings.Setting.FAILURE_THRESHOLD;
import static io.switchgear.settings.Setting.OPEN_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.ejb.fleet.TestFleet.Node;
import io.switchgear.settings.TunableKind;
import io.switchgear.status.BreakerMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nodes that are gone for so long that what was stored for them is deleted. */
class FleetGoneTest {
    private final TestFleet fleet = new TestFleet();
    private final Node one = fleet.loner("node-1");

    private void cleanAfter(int days) {
        fleet.pass(Duration.ofDays(days));
        one.fleet.step();
        fleet.store.clean("shop", 1);
    }

    @Test
    void aNodeThatComesBackLaterStartsOnConfigurationAndOnWhatHoldsForAll() {
        Node two = fleet.loner("node-2");
        two.fleet.step();
        two.set("bob", FAILURE_THRESHOLD, 7);
        two.fleet.step();
        one.fleet.step();
        one.fleet.operations().change(List.of(), TunableKind.BREAKER, name -> true, Map.of(OPEN_MILLIS, 99), "ada", "");
        two.fleet.close();
        cleanAfter(29);
        Node soon = fleet.loner("node-2");
        soon.fleet.step();
        assertThat(soon.get(FAILURE_THRESHOLD)).as("after weeks").isEqualTo(7);
        soon.fleet.close();
        cleanAfter(31);
        Node late = fleet.loner("node-2");
        late.fleet.step();
        assertThat(late.fleet.load()).isEqualTo(Map.of("payments", Map.of(OPEN_MILLIS, "99")));
        assertThat(late.get(FAILURE_THRESHOLD)).isEqualTo(5);
        assertThat(late.get(OPEN_MILLIS)).isEqualTo(99L);
        late.set("bob", FAILURE_THRESHOLD, 8);
        late.fleet.step();
        assertThat(late.events("lost")).isEmpty();
        assertThat(late.fleet.load().get("payments")).containsEntry(FAILURE_THRESHOLD, "8");
    }

    @Test
    void aNodeThatWasCutOffFindsThatItIsForgottenAndShowsNothingAsStoredThatIsNot() {
        UnreliableStore way = new UnreliableStore(fleet.store, () -> {}, () -> false);
        Node two = fleet.new Node("node-2", false, way, Duration.ZERO);
        two.breaker("payments");
        two.fleet.step();
        two.set("bob", FAILURE_THRESHOLD, 7);
        two.fleet.step();
        one.fleet.step();
        way.cut = true;
        two.set("bob", FAILURE_THRESHOLD, 8);
        two.fleet.step();
        one.fleet
                .operations()
                .change(List.of("node-2"), TunableKind.BREAKER, name -> true, Map.of(FAILURE_THRESHOLD, 9), "ada", "");
        cleanAfter(31);
        assertThat(fleet.store.since("shop", 0).rows()).isEmpty();
        way.cut = false;
        two.fleet.step();
        assertThat(two.events("lost"))
                .singleElement()
                .asString()
                .startsWith("FailureThreshold of payments: your change (bob) to 8 was not kept, since ");
        two.fleet.step();
        assertThat(two.fleet.load()).isEmpty();
        assertThat(two.get(FAILURE_THRESHOLD)).isEqualTo(5);
        two.set("bob", FAILURE_THRESHOLD, 8);
        two.fleet.step();
        assertThat(two.fleet.load().get("payments")).containsEntry(FAILURE_THRESHOLD, "8");
    }

    @Test
    void aNodeThatStoodStillUnnoticedFindsThatItIsForgotten() {
        Node two = fleet.loner("node-2");
        two.fleet.step();
        two.set("bob", FAILURE_THRESHOLD, 7);
        two.breaker("payments").by("bob").setMode(BreakerMode.FORCED_OPEN, null, "repairs");
        two.fleet.step();
        one.fleet.step();
        cleanAfter(31);
        two.fleet.step();
        two.fleet.step();
        assertThat(two.fleet.load()).isEmpty();
        assertThat(two.get(FAILURE_THRESHOLD)).isEqualTo(5);
        assertThat(two.breaker("payments").snapshot().mode()).isEqualTo(BreakerMode.AUTOMATIC);
    }

    @Test
    void aNodeThatStartsIsAliveBeforeItReadsWhatIsStoredForIt() {
        Node two = fleet.loner("node-2");
        two.fleet.step();
        two.set("bob", FAILURE_THRESHOLD, 7);
        two.fleet.step();
        two.fleet.close();
        fleet.pass(Duration.ofDays(31));
        // between each two of its steps, another node cleans
        UnreliableStore way = new UnreliableStore(
                fleet.store,
                () -> {
                    if (!fleet.store.nodes("shop").isEmpty()) {
                        fleet.store.clean("shop", 1);
                    }
                },
                () -> false);
        Node again = fleet.new Node("node-2", false, way, Duration.ZERO);
        again.breaker("payments");
        again.fleet.step();
        assertThat(again.get(FAILURE_THRESHOLD)).isEqualTo(7);
        assertThat(again.fleet.load().get("payments")).containsEntry(FAILURE_THRESHOLD, "7");
    }
}
