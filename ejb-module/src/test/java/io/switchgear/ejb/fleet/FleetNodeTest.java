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

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.ejb.fleet.FleetStore.Change;
import io.switchgear.ejb.fleet.FleetStore.LoggedChange;
import io.switchgear.ejb.fleet.FleetStore.Write;
import io.switchgear.ejb.fleet.TestFleet.Node;
import io.switchgear.guard.Retry;
import io.switchgear.settings.RetrySettings;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.SettingsChange;
import io.switchgear.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two nodes share what operators change. */
class FleetNodeTest {
    private final TestFleet fleet = new TestFleet();
    private final Node one = fleet.node("node-1");
    private final Node two = fleet.node("node-2");

    private void steps() {
        one.fleet.step();
        two.fleet.step();
        one.fleet.step();
    }

    private List<LoggedChange> history() {
        return fleet.store.history("shop", 100);
    }

    @Test
    void aChangeOnOneNodeReachesTheOtherInTheNameOfItsAuthor() {
        steps();
        one.set("ada", FAILURE_THRESHOLD, 7);
        assertThat(one.wakes).isEqualTo(1);
        assertThat(one.fleet.state().pending()).isEqualTo(1);
        assertThat(one.fleet.isPending(FleetKey.of("payments", FAILURE_THRESHOLD)))
                .isTrue();
        assertThat(one.fleet.isPending(FleetKey.of("payments", OPEN_MILLIS))).isFalse();
        one.fleet.step();
        assertThat(one.announced).isEqualTo(1);
        two.fleet.step();
        assertThat(two.get(FAILURE_THRESHOLD)).isEqualTo(7);
        assertThat(two.breaker("payments").snapshot().changedBy())
                .containsExactly(Map.entry(FAILURE_THRESHOLD, "ada on node-1"));
        assertThat(two.wakes).as("what is applied is no change of its own").isZero();
        steps();
        assertThat(history()).hasSize(1);
        assertThat(one.fleet.state())
                .isEqualTo(new FleetState(1, true, 0, 0, 0, "", List.of()))
                .isEqualTo(two.fleet.state());
    }

    @Test
    void differentSettingsOfOneBreakerBothStay() {
        steps();
        one.set("ada", FAILURE_THRESHOLD, 7);
        two.set("bob", OPEN_MILLIS, 99);
        steps();
        for (Node node : List.of(one, two)) {
            assertThat(node.get(FAILURE_THRESHOLD)).isEqualTo(7);
            assertThat(node.get(OPEN_MILLIS)).isEqualTo(99L);
        }
        assertThat(one.events("lost")).isEmpty();
        assertThat(two.events("lost")).isEmpty();
    }

    @Test
    void ofTwoWhoChangeTheSameOneWinsAndTheOtherIsNotifiedOnce() {
        steps();
        one.set("ada", FAILURE_THRESHOLD, 7);
        two.set("bob", FAILURE_THRESHOLD, 9);
        two.fleet.step();
        steps();
        assertThat(one.get(FAILURE_THRESHOLD)).isEqualTo(9);
        assertThat(two.get(FAILURE_THRESHOLD)).isEqualTo(9);
        assertThat(one.events("lost"))
                .containsExactly(
                        "FailureThreshold of payments: your change (ada) to 7 was not kept, since bob on node-2"
                                + " had changed it to 9; change it again to overrule");
        assertThat(two.events("lost")).isEmpty();
        assertThat(one.fleet.state().lost()).isEqualTo(1);
        one.set("ada", FAILURE_THRESHOLD, 7);
        steps();
        assertThat(two.get(FAILURE_THRESHOLD)).as("changed again").isEqualTo(7);
    }

    @Test
    void ofAnOperationThatLosesOneSettingTheOthersStay() {
        steps();
        two.set("bob", FAILURE_THRESHOLD, 9);
        two.fleet.step();
        one.breaker("payments").by("ada").update(now -> now.with(Map.of(FAILURE_THRESHOLD, 7, OPEN_MILLIS, 99)));
        steps();
        assertThat(two.get(FAILURE_THRESHOLD)).isEqualTo(9);
        assertThat(two.get(OPEN_MILLIS)).isEqualTo(99L);
        assertThat(one.events("lost")).hasSize(1);
    }

    @Test
    void laterChangesOfANodeAreBasedOnItsOwn() {
        steps();
        for (int value = 1; value <= 5; value++) {
            one.set("ada", FAILURE_THRESHOLD, 10 + value);
        }
        one.fleet.step();
        one.set("ada", FAILURE_THRESHOLD, 20);
        steps();
        assertThat(history()).extracting(LoggedChange::newValue).containsExactly("20", "15", "14", "13", "12", "11");
        assertThat(two.get(FAILURE_THRESHOLD)).isEqualTo(20);
        assertThat(one.events("lost")).isEmpty();
    }

    @Test
    void aModeReachesTheOtherNodeWithItsReasonAndItsEnd() {
        steps();
        one.breaker("payments").by("ada").setMode(BreakerMode.FORCED_OPEN, Duration.ofMinutes(30), "vendor repairs");
        fleet.pass(Duration.ofMinutes(10));
        steps();
        assertThat(two.breaker("payments").snapshot()).satisfies(snapshot -> {
            assertThat(snapshot.mode()).isEqualTo(BreakerMode.FORCED_OPEN);
            assertThat(snapshot.modeReason()).isEqualTo("vendor repairs");
            assertThat(Duration.between(two.now(), snapshot.modeUntil())).isEqualTo(Duration.ofMinutes(20));
        });
        fleet.pass(Duration.ofMinutes(20));
        steps();
        assertThat(two.breaker("payments").snapshot().mode()).isEqualTo(BreakerMode.AUTOMATIC);
        assertThat(history()).as("no node writes that a mode has ended").hasSize(1);
        Node three = fleet.node("node-3");
        three.fleet.step();
        assertThat(three.breaker("payments").snapshot().mode()).isEqualTo(BreakerMode.AUTOMATIC);
    }

    @Test
    void aModeThatIsEndedOrChangedAgainIsFollowed() {
        steps();
        one.breaker("payments").by("ada").forceOpen("");
        steps();
        two.breaker("payments").by("bob").setMode(BreakerMode.FORCED_OPEN, null, "still");
        two.fleet.step();
        one.fleet.step();
        assertThat(one.breaker("payments").snapshot().modeReason()).isEqualTo("still");
        two.breaker("payments").by("bob").automatic();
        two.fleet.step();
        one.fleet.step();
        assertThat(one.breaker("payments").snapshot().mode()).isEqualTo(BreakerMode.AUTOMATIC);
        one.breaker("payments").by("ada").forceOpen("");
        one.breaker("payments").by("ada").reset();
        steps();
        assertThat(two.breaker("payments").snapshot().mode()).isEqualTo(BreakerMode.AUTOMATIC);
        assertThat(history()).hasSize(5);
    }

    @Test
    void whatABreakerDecidesByItselfStaysItsOwn() {
        steps();
        for (int i = 0; i < 5; i++) {
            one.breaker("payments").acquire().threw(new IOException("down"), 0);
        }
        steps();
        assertThat(one.breaker("payments").snapshot().state()).isEqualTo(CircuitState.OPEN);
        assertThat(one.wakes).isZero();
        assertThat(two.breaker("payments").snapshot().state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void changesByConfigurationByCodeInItsOwnNameAndFromTheStoreAreNotWritten() {
        one.breaker("payments").update(now -> now.with(Map.of(OPEN_MILLIS, 99)));
        steps();
        one.set("configuration switchgear.properties", FAILURE_THRESHOLD, 7);
        one.set("saved in database java:x", OPEN_MILLIS, 7);
        assertThat(one.fleet.state().pending()).isZero();
        one.set("\"configuration of bob\"", OPEN_MILLIS, 8);
        assertThat(one.fleet.state().pending()).as("by a user").isEqualTo(1);
    }

    @Test
    void aRevertReachesAllAndALateNodeHasWhatHolds() {
        steps();
        one.set("ada", FAILURE_THRESHOLD, 7);
        one.set("ada", OPEN_MILLIS, 99);
        one.breaker("payments").by("ada").forceOpen("down");
        steps();
        two.set("bob", FAILURE_THRESHOLD, 5);
        two.fleet.step();
        Node three = fleet.new Node("node-3", true, fleet.store, Duration.ZERO);
        assertThat(three.fleet.load()).as("before its first step").isEmpty();
        three.fleet.step();
        assertThat(three.fleet.load()).isEqualTo(Map.of("payments", Map.of(OPEN_MILLIS, "99")));
        assertThat(three.breaker("payments").snapshot().mode()).as("at once").isEqualTo(BreakerMode.FORCED_OPEN);
        three.fleet.step();
        assertThat(three.get(OPEN_MILLIS)).isEqualTo(99L);
        assertThat(three.get(FAILURE_THRESHOLD)).isEqualTo(5);
        assertThat(one.fleet.load()).as("read before its step").containsKey("payments");
        one.fleet.step();
        assertThat(one.get(FAILURE_THRESHOLD)).isEqualTo(5);
        assertThat(history().get(0).newValue()).as("reverted").isNull();
    }

    @Test
    void aBreakerThatComesLaterGetsWhatHolds() {
        Breaker late = two.breaker("late");
        two.fleet.changed(new SettingsChange(
                "late", late.settings(), late.settings().with(Map.of(FAILURE_THRESHOLD, 3)), two.now(), "bob"));
        steps();
        assertThat(one.fleet.load()).isEqualTo(Map.of("late", Map.of(FAILURE_THRESHOLD, "3")));
        assertThat(one.breaker("late").settings().failureThreshold()).isEqualTo(5);
        one.fleet.step();
        assertThat(one.breaker("late").settings().failureThreshold()).isEqualTo(3);
        one.fleet.removed(one.breaker("late"));
        two.breaker("late").by("bob").update(now -> now.with(Map.of(FAILURE_THRESHOLD, 4)));
        steps();
        assertThat(one.breaker("late").settings().failureThreshold())
                .as("removed")
                .isEqualTo(3);
    }

    @Test
    void aNodeForItselfChangesNoOther() {
        Node loner = fleet.loner("node-3");
        loner.fleet.step();
        loner.set("eve", FAILURE_THRESHOLD, 3);
        loner.fleet.step();
        steps();
        assertThat(one.get(FAILURE_THRESHOLD)).isEqualTo(5);
        one.set("ada", FAILURE_THRESHOLD, 7);
        steps();
        loner.fleet.step();
        assertThat(loner.get(FAILURE_THRESHOLD)).as("the last change wins").isEqualTo(7);
        loner.set("eve", FAILURE_THRESHOLD, 3);
        loner.fleet.step();
        Node again = fleet.loner("node-3");
        again.fleet.step();
        assertThat(again.get(FAILURE_THRESHOLD)).isEqualTo(3);
        assertThat(two.get(FAILURE_THRESHOLD)).isEqualTo(7);
    }

    @Test
    void whatABreakerRefusesIsReportedOnceAndTriedAgain() {
        steps();
        two.breaker("payments").by("saved in x").update(now -> now.with(Map.of(TRIP_ON, "CALL_WINDOW")));
        one.set("ada", WINDOW_CALLS, 10);
        steps();
        fleet.pass(Duration.ofMinutes(1));
        two.fleet.step();
        assertThat(two.events("refused"))
                .singleElement()
                .asString()
                .startsWith("payments refuses what is stored: ")
                .contains("MinimumCalls", "ada on node-1");
        assertThat(two.fleet.state().refused()).isEqualTo(two.events("refused"));
        assertThat(fleet.store.nodes("shop").get(1).refused()).contains("MinimumCalls");
        one.set("ada", MINIMUM_CALLS, 5);
        steps();
        assertThat(two.get(WINDOW_CALLS)).isEqualTo(10);
        assertThat(two.fleet.state().refused()).isEmpty();
    }

    @Test
    void whatCannotBeAppliedBecauseOfAFaultIsAppliedByTheNextStep() {
        steps();
        two.onRefused = () -> {
            throw new IllegalStateException("the log is broken");
        };
        two.breaker("payments").by("saved in x").update(now -> now.with(Map.of(TRIP_ON, "CALL_WINDOW")));
        one.set("ada", WINDOW_CALLS, 10);
        one.fleet.step();
        assertThatThrownBy(two.fleet::step).hasMessage("the log is broken");
        two.onRefused = () -> {};
        two.breaker("payments").by("saved in x").update(now -> now.with(Map.of(MINIMUM_CALLS, 5)));
        two.fleet.step();
        assertThat(two.get(WINDOW_CALLS)).isEqualTo(10);
        assertThat(two.fleet.state().refused()).isEmpty();
    }

    @Test
    void rowsWithoutMeaningAreReportedOnceAndHarmNothing() {
        one.set("ada", FAILURE_THRESHOLD, 7);
        steps();
        fleet.store.write(new Write(
                "shop",
                "node-9",
                "x",
                List.of(
                        change(FleetKey.of("payments", FAILURE_THRESHOLD), "-3"),
                        change(FleetKey.of("payments", OPEN_MILLIS), "soon"),
                        change(FleetKey.ofMode("payments"), "BROKEN"),
                        change(new FleetKey("breaker", "payments", "colour"), "red"),
                        change(new FleetKey("fuse", "payments", "enabled"), "true"))));
        steps();
        steps();
        assertThat(two.events("ignored"))
                .hasSize(5)
                .anySatisfy(sentence -> assertThat(sentence)
                        .isEqualTo("FailureThreshold of payments, changed by eve on node-9, is ignored and kept:"
                                + " FailureThreshold must be a whole number >= 1 and <= 1000000 but was \"-3\""))
                .anySatisfy(sentence -> assertThat(sentence).contains("there is no mode \"BROKEN\""))
                .anySatisfy(sentence -> assertThat(sentence).contains("no setting enabled of a fuse"));
        assertThat(two.get(FAILURE_THRESHOLD)).isEqualTo(7);
        one.set("ada", FAILURE_THRESHOLD, 8);
        steps();
        assertThat(two.get(FAILURE_THRESHOLD)).as("a good value repairs it").isEqualTo(8);
        assertThat(fleet.store.since("shop", 0).rows()).hasSize(5);
    }

    private static Change change(FleetKey key, String value) {
        return new Change(key, FleetStore.FLEET, value, 99, "eve", "", "", null);
    }

    @Test
    void layersAreSharedLikeBreakersOfTheSameName() {
        Retry here = retry(one);
        Retry there = retry(two);
        steps();
        here.by("ada").update(now -> now.with(Map.of(MAX_ATTEMPTS, 4)));
        steps();
        assertThat(there.settings().maxAttempts()).isEqualTo(4);
        assertThat(there.snapshot().changedBy()).containsExactly(Map.entry(MAX_ATTEMPTS, "ada on node-1"));
        there.by("bob").revertSettings();
        two.fleet.step();
        one.fleet.step();
        assertThat(here.settings().maxAttempts()).isEqualTo(3);
        assertThat(one.fleet.load()).isEmpty();
        assertThat(history()).hasSize(2);
    }

    private static Retry retry(Node node) {
        Retry retry = new Retry("payments", RetrySettings.defaults(), FailureRule.ANY, Time.SYSTEM);
        retry.listen(node.fleet::changed);
        node.fleet.added(retry);
        return retry;
    }
}
