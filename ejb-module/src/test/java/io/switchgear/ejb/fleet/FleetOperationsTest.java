// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import static io.switchgear.settings.Setting.FAILURE_THRESHOLD;
import static io.switchgear.settings.Setting.MAX_ATTEMPTS;
import static io.switchgear.settings.Setting.MINIMUM_CALLS;
import static io.switchgear.settings.Setting.OPEN_MILLIS;
import static io.switchgear.settings.Setting.TRIP_ON;
import static io.switchgear.settings.Setting.WINDOW_CALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.ejb.fleet.TestFleet.Node;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.TunableKind;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Operations on all nodes or some, from any of them. */
class FleetOperationsTest {
    private final TestFleet fleet = new TestFleet();
    private final Node one = fleet.node("node-1");
    private final Node two = fleet.loner("node-2");
    private final FleetOperations operations = one.fleet.operations();

    private void steps() {
        one.fleet.step();
        two.fleet.step();
        one.fleet.step();
    }

    private long change(List<String> targets, int threshold) {
        return operations.change(
                targets, TunableKind.BREAKER, name -> true, Map.of(FAILURE_THRESHOLD, threshold), "ada", "load");
    }

    @Test
    void aChangeForTheFleetIsInForceHereAtOnceAndThenThere() {
        steps();
        assertThat(change(List.of(), 7)).isEqualTo(1);
        assertThat(one.get(FAILURE_THRESHOLD)).isEqualTo(7);
        assertThat(one.announced).isEqualTo(1);
        assertThat(operations.await(List.of(), 1, Duration.ZERO))
                .isEqualTo(new FleetAnswer(1, List.of("node-1"), List.of(), List.of("node-2")));
        steps();
        assertThat(two.get(FAILURE_THRESHOLD)).isEqualTo(7);
        assertThat(operations.await(List.of(), 1, Duration.ofSeconds(9)))
                .isEqualTo(new FleetAnswer(1, List.of("node-1", "node-2"), List.of(), List.of()));
        assertThat(fleet.store.history("shop", 9)).singleElement().satisfies(change -> {
            assertThat(change.reason()).isEqualTo("load");
            assertThat(change.source()).isEqualTo("fleet operation");
        });
        fleet.pass(Duration.ofMinutes(1));
        assertThat(operations.await(List.of("node-2"), 2, Duration.ZERO).notYet())
                .as("gone")
                .isEmpty();
    }

    @Test
    void anAuthorAndAReasonThatAreTooLongAreShortened() {
        steps();
        String text = "x".repeat(203);
        operations.mode(List.of(), name -> true, BreakerMode.OBSERVING, null, text, text);
        assertThat(fleet.store.history("shop", 9)).singleElement().satisfies(change -> {
            assertThat(change.author()).hasSize(FleetStore.MAX_LENGTH);
            assertThat(change.reason()).hasSize(FleetStore.MAX_LENGTH);
        });
    }

    @Test
    void aNodeThatRefusesAValueHasNotAppliedIt() {
        steps();
        two.breaker("payments").by("saved in x").update(now -> now.with(Map.of(TRIP_ON, "CALL_WINDOW")));
        long version =
                operations.change(List.of(), TunableKind.BREAKER, name -> true, Map.of(WINDOW_CALLS, 10), "ada", "");
        steps();
        assertThat(operations.await(List.of(), version, Duration.ZERO))
                .isEqualTo(new FleetAnswer(version, List.of("node-1"), List.of("node-2"), List.of()));
        assertThat(two.fleet
                        .operations()
                        .await(List.of(), version, Duration.ZERO)
                        .refused())
                .as("by itself")
                .containsExactly("node-2");
        two.breaker("payments").by("saved in x").update(now -> now.with(Map.of(MINIMUM_CALLS, 5)));
        two.fleet.step();
        assertThat(operations.await(List.of(), version, Duration.ZERO).applied())
                .containsExactly("node-1", "node-2");
    }

    @Test
    void aChangeForSomeNodesIsForThoseAlone() {
        steps();
        change(List.of("node-2"), 7);
        steps();
        assertThat(one.get(FAILURE_THRESHOLD)).isEqualTo(5);
        assertThat(two.get(FAILURE_THRESHOLD)).isEqualTo(7);
        change(List.of(), 8);
        steps();
        assertThat(two.get(FAILURE_THRESHOLD)).isEqualTo(8);
        assertThatThrownBy(() -> change(List.of("node-1", "nod-2"), 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no node nod-2 of shop; its nodes are node-1, node-2");
    }

    @Test
    void aModeIsSetAndEnds() {
        steps();
        long version =
                operations.mode(List.of(), name -> true, BreakerMode.FORCED_OPEN, Duration.ofMinutes(3), "ada", "down");
        assertThat(version).isEqualTo(1);
        steps();
        assertThat(two.breaker("payments").snapshot().mode()).isEqualTo(BreakerMode.FORCED_OPEN);
        assertThat(two.breaker("payments").snapshot().modeReason()).isEqualTo("down");
        operations.mode(List.of("node-2"), name -> true, BreakerMode.AUTOMATIC, null, "ada", "");
        steps();
        assertThat(two.breaker("payments").snapshot().mode()).isEqualTo(BreakerMode.AUTOMATIC);
        assertThat(one.breaker("payments").snapshot().mode()).isEqualTo(BreakerMode.FORCED_OPEN);
        fleet.pass(Duration.ofMinutes(4));
        assertThat(one.breaker("payments").snapshot().mode()).isEqualTo(BreakerMode.AUTOMATIC);
        assertThatThrownBy(() -> operations.mode(
                        List.of(), name -> true, BreakerMode.AUTOMATIC, Duration.ofSeconds(1), "ada", ""))
                .hasMessageContaining("has no end");
        assertThatThrownBy(() -> operations.mode(
                        List.of(), name -> true, BreakerMode.FORCED_OPEN, Duration.ofDays(366), "ada", ""))
                .hasMessageContaining("time must be > 0 and <= PT8760H");
    }

    @Test
    void aResetIsDoneOnceByNodesThatRunAndEndsForcedModes() {
        steps();
        operations.mode(List.of(), name -> true, BreakerMode.FORCED_OPEN, null, "ada", "");
        steps();
        two.breaker("orders").by("bob").observe("");
        two.fleet.step();
        one.fleet.step();
        operations.reset(List.of(), name -> true, "ada", "repaired");
        two.fleet.step();
        for (Node node : List.of(one, two)) {
            assertThat(node.breaker("payments").snapshot()).satisfies(snapshot -> {
                assertThat(snapshot.mode()).isEqualTo(BreakerMode.AUTOMATIC);
                assertThat(snapshot.state()).isEqualTo(CircuitState.CLOSED);
                assertThat(snapshot.lastChange()).contains("reset", "ada on node-1");
            });
        }
        assertThat(two.breaker("orders").snapshot().mode()).isEqualTo(BreakerMode.OBSERVING);
        for (int i = 0; i < 5; i++) {
            two.breaker("payments").acquire().threw(new IOException("down"), 0);
        }
        steps();
        fleet.node("node-3").fleet.step();
        steps();
        assertThat(two.breaker("payments").snapshot().state()).isEqualTo(CircuitState.OPEN);
        operations.reset(List.of("node-2"), name -> true, "ada", "");
        fleet.pass(Duration.ofSeconds(61));
        two.fleet.step();
        assertThat(two.breaker("payments").snapshot().lastTrip())
                .as("the request was too old")
                .isNotNull();
        assertThat(two.breaker("payments").snapshot().state()).isNotEqualTo(CircuitState.CLOSED);
        operations.reset(List.of("node-2"), name -> true, "ada", "");
        two.fleet.step();
        assertThat(two.breaker("payments").snapshot().state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aRevertForTheFleetIncludesTheValuesOfSingleNodes() {
        steps();
        change(List.of(), 7);
        two.set("bob", OPEN_MILLIS, 9);
        two.fleet.step();
        one.fleet.step();
        operations.revert(List.of("node-2"), TunableKind.BREAKER, name -> true, "ada", "");
        steps();
        assertThat(two.get(FAILURE_THRESHOLD)).isEqualTo(5);
        assertThat(two.get(OPEN_MILLIS)).isEqualTo(60_000L);
        assertThat(one.get(FAILURE_THRESHOLD)).isEqualTo(7);
        two.set("bob", OPEN_MILLIS, 9);
        steps();
        one.fleet.step();
        operations.revert(List.of(), TunableKind.BREAKER, name -> true, "ada", "");
        steps();
        assertThat(one.get(FAILURE_THRESHOLD)).isEqualTo(5);
        assertThat(two.get(OPEN_MILLIS)).isEqualTo(60_000L);
        assertThat(operations.revert(List.of(), TunableKind.BREAKER, name -> true, "ada", ""))
                .as("nothing to do")
                .isZero();
    }

    @Test
    void valuesAndNamesAreCheckedBeforeAnythingIsWritten() {
        steps();
        assertThatThrownBy(() -> change(List.of(), 0)).isInstanceOf(InvalidSettingsException.class);
        assertThatThrownBy(() -> operations.change(
                        List.of(), TunableKind.BREAKER, name -> true, Map.of(MAX_ATTEMPTS, 3), "ada", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> operations.change(
                        List.of(), TunableKind.RETRY, name -> true, Map.of(MAX_ATTEMPTS, 3), "ada", ""))
                .hasMessage("no retry has such a name");
        assertThat(fleet.store.version("shop")).isZero();
    }

    @Test
    void anotherChangeThatThisNodeDoesNotKnowWins() {
        Node three = fleet.node("node-3");
        three.fleet.step();
        steps();
        three.set("bob", FAILURE_THRESHOLD, 9);
        three.fleet.step();
        long before = fleet.store.version("shop");
        // a node that reads late: what it has is older than what its operator is about to overrule
        assertThatThrownBy(() -> change(List.of(), 7))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("FailureThreshold of payments: your change (ada) to 7 was not kept, since bob on node-3 had"
                        + " changed it to 9; change it again to overrule");
        assertThat(fleet.store.version("shop")).isEqualTo(before);
        one.fleet.step();
        change(List.of(), 7);
        three.fleet.step();
        assertThat(three.get(FAILURE_THRESHOLD)).isEqualTo(7);
    }

    @Test
    void withoutTheStoreNothingIsChangedAndTheOperatorKnows() {
        steps();
        fleet.store.away = true;
        assertThatThrownBy(() -> change(List.of(), 7)).isInstanceOf(UncheckedIOException.class);
        assertThat(one.get(FAILURE_THRESHOLD)).isEqualTo(5);
        assertThat(one.fleet.state().pending()).isZero();
        fleet.store.away = false;
        fleet.store.lostAnswers = 1;
        assertThat(change(List.of(), 7)).as("asked again").isEqualTo(1);
        assertThat(fleet.store.history("shop", 9)).hasSize(1);
    }
}
