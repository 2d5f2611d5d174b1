// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import static io.switchgear.settings.Setting.FAILURE_THRESHOLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.ejb.fleet.FleetStore.LoggedChange;
import io.switchgear.ejb.fleet.TestFleet.Node;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TunableKind;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitTransition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens in the middle of a step. */
class FleetRaceTest {
    private final TestFleet fleet = new TestFleet();
    private Runnable between = () -> {};
    private final UnreliableStore way = new UnreliableStore(fleet.store, () -> between.run(), () -> false);
    private final Node one = fleet.new Node("node-1", true, way, Duration.ZERO);
    private final Node two = fleet.node("node-2");

    /** Runs an action before the n-th operation of the first node from now on, and not again. */
    private void before(int operation, Runnable action) {
        int[] left = {operation};
        between = () -> {
            if (--left[0] == 0) {
                action.run();
            }
        };
    }

    private void start() {
        one.breaker("payments");
        one.fleet.step();
        two.fleet.step();
        one.fleet.step();
    }

    @Test
    void aChangeMadeWhileAnotherIsReadStaysInForceUntilItIsDecided() {
        start();
        two.set("bob", FAILURE_THRESHOLD, 9);
        two.fleet.step();
        // before the rows are read
        before(2, () -> one.set("ada", FAILURE_THRESHOLD, 7));
        one.fleet.step();
        assertThat(one.get(FAILURE_THRESHOLD)).isEqualTo(7);
        assertThat(one.fleet.state().pending()).isEqualTo(1);
        one.fleet.step();
        assertThat(one.get(FAILURE_THRESHOLD)).isEqualTo(9);
        assertThat(one.events("lost")).hasSize(1);
    }

    @Test
    void aChangeMadeAfterAWriteThatWasNotReadYetIsBasedOnIt() {
        start();
        one.set("ada", FAILURE_THRESHOLD, 7);
        // after the write
        before(2, () -> way.cut = true);
        one.fleet.step();
        one.set("ada", FAILURE_THRESHOLD, 8);
        way.cut = false;
        fleet.pass(Duration.ofSeconds(1));
        one.fleet.step();
        assertThat(one.events("lost")).isEmpty();
        assertThat(fleet.store.history("shop", 9))
                .extracting(LoggedChange::newValue)
                .containsExactly("8", "7");
        assertThat(one.get(FAILURE_THRESHOLD)).isEqualTo(8);
    }

    @Test
    void anOperationThatIsStoredIsNoFailureIfTheStoreGoesAwayThen() {
        start();
        // the version is read, it is written, and no more
        before(3, () -> way.cut = true);
        long version = one.fleet
                .operations()
                .change(List.of(), TunableKind.BREAKER, name -> true, Map.of(FAILURE_THRESHOLD, 7), "ada", "");
        assertThat(version).isEqualTo(1);
        assertThat(fleet.store.version("shop")).isEqualTo(1);
        assertThat(one.get(FAILURE_THRESHOLD)).isEqualTo(7);
        assertThat(one.announced).isEqualTo(1);
        assertThat(one.events("away")).hasSize(1);
        assertThat(one.fleet.state().problem()).contains("cut off");
        way.cut = false;
        fleet.pass(Duration.ofSeconds(1));
        one.fleet.step();
        assertThat(one.fleet.state()).isEqualTo(new FleetState(1, true, 0, 0, 0, "", List.of()));
    }

    @Test
    void aNodeStopsThoughItsStoreDoesNotAnswer() throws Exception {
        start();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        before(1, () -> {
            asked.countDown();
            FleetRaceTest.await(answered);
        });
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            one.set("ada", FAILURE_THRESHOLD, 7);
            Future<?> step = pool.submit(one.fleet::step);
            FleetRaceTest.await(asked);
            pool.submit(one.fleet::close).get(20, TimeUnit.SECONDS);
            assertThat(one.events("lost"))
                    .containsExactly(
                            "this node stops, and changes made on it are not stored: 1; database memory: it has"
                                    + " been in use for more than 5 s");
            long before = fleet.store.nodes("shop").get(0).version();
            answered.countDown();
            step.get();
            assertThat(fleet.store.nodes("shop").get(0).version())
                    .as("no heartbeat of a node that has stopped")
                    .isEqualTo(before);
        } finally {
            answered.countDown();
            pool.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** A breaker of the second node whose transitions reach that node late. */
    private Breaker late(List<CircuitTransition> transitions) {
        Breaker breaker = new Breaker(
                "payments", BreakerSettings.defaults(), FailureRule.ANY, () -> fleet.nanos, two::now, transitions::add);
        two.fleet.added(breaker);
        return breaker;
    }

    @Test
    void aLateNotificationOfAnAppliedChangeIsNoLocalChange() {
        start();
        List<CircuitTransition> late = new ArrayList<>();
        late(late);
        one.set("ada", FAILURE_THRESHOLD, 7);
        one.fleet.step();
        two.fleet.step();
        one.set("ada", FAILURE_THRESHOLD, 8);
        one.fleet.step();
        two.fleet.step();
        assertThat(late).hasSize(2);
        late.forEach(two.fleet::changed);
        assertThat(two.fleet.state().pending()).isZero();
    }

    @Test
    void anOperatorMayHaveTheNameInWhichAChangeWasApplied() {
        start();
        one.set("ada", FAILURE_THRESHOLD, 7);
        one.breaker("payments").by("ada").forceOpen("");
        one.fleet.step();
        two.fleet.step();
        one.fleet.operations().reset(List.of(), name -> true, "ada", "");
        two.fleet.step();
        assertThat(two.breaker("payments").snapshot().lastChange()).contains("reset", "ada on node-1");
        assertThat(two.fleet.state().pending()).isZero();
        two.set("ada on node-1", FAILURE_THRESHOLD, 9);
        two.breaker("payments").by("ada on node-1").forceClosed("");
        two.fleet.step();
        one.fleet.step();
        assertThat(one.get(FAILURE_THRESHOLD)).isEqualTo(9);
        assertThat(one.breaker("payments").snapshot().mode()).isEqualTo(BreakerMode.FORCED_CLOSED);
    }

    @Test
    void aModeIsStoredThoughAnotherFollowedBeforeItsNotification() {
        start();
        List<CircuitTransition> late = new ArrayList<>();
        Breaker breaker = late(late);
        breaker.by("ada").setMode(BreakerMode.FORCED_OPEN, Duration.ofMinutes(30), "repairs");
        breaker.by("bob").setMode(BreakerMode.OBSERVING, Duration.ofMinutes(10), "a look");
        late.forEach(two.fleet::changed);
        two.fleet.step();
        assertThat(fleet.store.history("shop", 9))
                .extracting(LoggedChange::newValue, LoggedChange::author, LoggedChange::reason)
                .containsExactly(tuple("OBSERVING", "bob", "a look"), tuple("FORCED_OPEN", "ada", "repairs"));
        assertThat(fleet.store.history("shop", 1).get(0).endsAt()).isNotNull();
    }

    @Test
    void whatIsChangedWhileAChangeBeforeIsWrittenStaysInForce() {
        start();
        List<CircuitTransition> late = new ArrayList<>();
        Breaker breaker = late(late);
        breaker.by("ada").setMode(BreakerMode.FORCED_OPEN, null, "repairs");
        breaker.by("ada").update(now -> now.with(Map.of(FAILURE_THRESHOLD, 7)));
        late.forEach(two.fleet::changed);
        late.clear();
        breaker.by("ada").reset();
        breaker.by("ada").update(now -> now.with(Map.of(FAILURE_THRESHOLD, 8)));
        two.fleet.step();
        assertThat(breaker.snapshot().mode()).isEqualTo(BreakerMode.AUTOMATIC);
        assertThat(breaker.settings().failureThreshold()).isEqualTo(8);
        assertThat(late).as("nothing was applied over it").hasSize(2);
        late.forEach(two.fleet::changed);
        two.fleet.step();
        one.fleet.step();
        assertThat(one.breaker("payments").snapshot().mode()).isEqualTo(BreakerMode.AUTOMATIC);
        assertThat(one.get(FAILURE_THRESHOLD)).isEqualTo(8);
    }

    @Test
    void aChangeThatAStepHasOverwrittenBeforeItsNotificationIsNotLost() {
        start();
        List<CircuitTransition> late = new ArrayList<>();
        Breaker breaker = late(late);
        one.set("bob", FAILURE_THRESHOLD, 9);
        one.breaker("payments").by("bob").forceClosed("a fair");
        one.fleet.step();
        breaker.by("ada").setMode(BreakerMode.FORCED_OPEN, Duration.ofMinutes(30), "repairs");
        breaker.by("ada").update(now -> now.with(Map.of(FAILURE_THRESHOLD, 7)));
        two.fleet.step();
        assertThat(breaker.snapshot().mode()).as("overwritten").isEqualTo(BreakerMode.FORCED_CLOSED);
        late.forEach(two.fleet::changed);
        two.fleet.step();
        one.fleet.step();
        for (Breaker each : List.of(breaker, one.breaker("payments"))) {
            assertThat(each.snapshot().mode()).isEqualTo(BreakerMode.FORCED_OPEN);
            assertThat(each.snapshot().modeReason()).isEqualTo("repairs");
            assertThat(each.snapshot().modeUntil()).isNotNull();
            assertThat(each.settings().failureThreshold()).isEqualTo(7);
        }
        assertThat(two.events("lost")).isEmpty();
        assertThat(two.fleet.state().pending()).isZero();
    }

    @Test
    void aModeThatEndsBeforeItsNotificationLeavesTheNodeAsIsStored() {
        start();
        List<CircuitTransition> late = new ArrayList<>();
        Breaker breaker = late(late);
        breaker.by("ada").setMode(BreakerMode.FORCED_OPEN, Duration.ofSeconds(1), "a moment");
        fleet.pass(Duration.ofSeconds(2));
        breaker.by("ada").setMode(BreakerMode.OBSERVING, null, "a look");
        late.forEach(two.fleet::changed);
        two.fleet.step();
        one.fleet.step();
        assertThat(breaker.snapshot().mode()).isEqualTo(BreakerMode.OBSERVING);
        assertThat(one.breaker("payments").snapshot().mode()).isEqualTo(BreakerMode.OBSERVING);
    }

    @Test
    void manyThreadsThatChangeAndStepLoseNothing() throws Exception {
        start();
        List<String> names = List.of("a", "b", "c");
        names.forEach(one::breaker);
        ExecutorService pool = Executors.newFixedThreadPool(5);
        AtomicBoolean changing = new AtomicBoolean(true);
        try {
            List<Future<?>> steppers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                steppers.add(pool.submit(() -> {
                    while (changing.get()) {
                        one.fleet.step();
                    }
                }));
            }
            List<Future<?>> changers = new ArrayList<>();
            for (String name : names) {
                changers.add(pool.submit(() -> {
                    for (int i = 1; i <= 300; i++) {
                        int value = 10 + i;
                        one.breakers.get(name).by("ada").update(now -> now.with(Map.of(FAILURE_THRESHOLD, value)));
                    }
                }));
            }
            for (Future<?> changer : changers) {
                changer.get();
            }
            changing.set(false);
            for (Future<?> stepper : steppers) {
                stepper.get();
            }
        } finally {
            pool.shutdownNow();
        }
        one.fleet.step();
        assertThat(one.fleet.state().pending()).isZero();
        assertThat(one.events("lost")).isEmpty();
        for (String name : names) {
            assertThat(fleet.store.history("shop", 10_000).stream()
                            .filter(change -> change.key().name().equals(name))
                            .map(LoggedChange::newValue))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 300)
                            .mapToObj(i -> "" + (311 - i))
                            .toList());
            assertThat(one.breaker(name).settings().failureThreshold()).isEqualTo(310);
        }
    }
}
