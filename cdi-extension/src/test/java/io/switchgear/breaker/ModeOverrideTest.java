// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How each mode overrides the decisions of a breaker, also for a limited time. */
class ModeOverrideTest {
    private final TestBreaker test = new TestBreaker(
            s -> s.failureThreshold(2).openMillis(1_000).successThreshold(1).halfOpenMaxCalls(1));

    @Test
    void forcedOpenRejectsUntilTheModeChanges() {
        test.breaker.forceOpen("maintenance");
        test.time.advanceMillis(604_800_000);
        assertThatThrownBy(test::succeed)
                .isInstanceOf(CircuitOpenException.class)
                .hasMessage("test is forced open: maintenance")
                .isInstanceOfSatisfying(CircuitOpenException.class, rejection -> {
                    assertThat(rejection.mode()).isEqualTo(BreakerMode.FORCED_OPEN);
                    assertThat(rejection.modeReason()).isEqualTo("maintenance");
                });
        test.breaker.setMode(BreakerMode.FORCED_OPEN, Duration.ofSeconds(2), "");
        assertThatThrownBy(test::succeed).hasMessage("test is forced open for another 2000 ms");
        test.breaker.forceOpen("maintenance");
        assertThat(test.breaker.snapshot().openRemainingMillis()).isEqualTo(-1);
        assertThat(test.breaker.snapshot().modeReason()).isEqualTo("maintenance");
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aLateSuccessDoesNotUndoAForcedState() {
        TestBreaker.Call running = test.call();
        test.breaker.forceOpen("");
        running.succeeded();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.breaker.snapshot().mode()).isEqualTo(BreakerMode.FORCED_OPEN);
    }

    @Test
    void forcedOpenGoesOnWithTrials() {
        test.breaker.forceOpen("");
        test.breaker.automatic();
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void forcedClosedAdmitsAndMeasuresButNeverOpens() {
        test.fail(2);
        test.breaker.forceClosed("");
        test.fail(10);
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(test.breaker.snapshot().consecutiveFailures()).isEqualTo(10);
        test.breaker.automatic();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        test.fail();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void observingJudgesButRejectsNothing() {
        test.breaker.observe("");
        test.fail(2);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        test.succeed(5);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.breaker.snapshot().rejected()).isZero();
        assertThat(test.breaker.snapshot().successes()).isEqualTo(5);
        test.time.advanceMillis(1_000);
        TestBreaker.Call trial = test.call();
        test.fail(3);
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        trial.succeeded();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void observingStartsFromTheStateThatIs() {
        test.fail(2);
        test.breaker.observe("");
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        test.succeed();
        test.breaker.automatic();
        assertThatThrownBy(test::succeed).isInstanceOf(CircuitOpenException.class);
    }

    @Test
    void callsInFlightStillCountWhenTheModeChanges() {
        test.fail();
        TestBreaker.Call running = test.call();
        test.breaker.observe("");
        test.breaker.automatic();
        running.threw(new IllegalStateException());
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void resetClosesForgetsAndEndsAForcedMode() {
        test.fail();
        test.breaker.forceOpen("");
        test.breaker.reset();
        assertThat(test.breaker.snapshot().mode()).isEqualTo(BreakerMode.AUTOMATIC);
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(test.breaker.snapshot().consecutiveFailures()).isZero();
        assertThat(test.breaker.snapshot().failures()).isEqualTo(1);
    }

    @Test
    void resetLeavesAnObserverObserving() {
        test.breaker.observe("");
        test.breaker.reset();
        assertThat(test.breaker.snapshot().mode()).isEqualTo(BreakerMode.OBSERVING);
    }

    @Test
    void automaticOnAnAutomaticBreakerChangesNothing() {
        test.breaker.automatic();
        assertThat(test.transitions).isEmpty();
    }

    @Test
    void modeChangesAreReported() {
        test.breaker.forceOpen("drill");
        assertThat(test.transitions).singleElement().satisfies(transition -> {
            assertThat(transition.mode()).isEqualTo(BreakerMode.FORCED_OPEN);
            assertThat(transition.fromMode()).isEqualTo(BreakerMode.AUTOMATIC);
            assertThat(transition.why()).isEqualTo("mode FORCED_OPEN: drill");
            assertThat(transition.by()).isEqualTo("code");
        });
    }

    @Test
    void forcedOpenForAWhileGoesOnWithTrialsByItself() {
        TestBreaker test = new TestBreaker(s -> s.successThreshold(1));
        test.breaker.setMode(BreakerMode.FORCED_OPEN, Duration.ofMinutes(30), "maintenance");
        assertThat(test.breaker.snapshot().openRemainingMillis()).isEqualTo(1_800_000);
        assertThat(test.breaker.snapshot().modeUntil())
                .isEqualTo(test.time.instant().plus(Duration.ofMinutes(30)));
        test.time.advanceMillis(1_799_999);
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        test.time.advanceMillis(1);
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(test.breaker.snapshot().mode()).isEqualTo(BreakerMode.AUTOMATIC);
        assertThat(test.breaker.snapshot().modeReason()).isEmpty();
        assertThat(test.breaker.snapshot().modeUntil()).isNull();
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(test.transitions)
                .extracting(CircuitTransition::why)
                .endsWith("it is no longer forced open", "a trial succeeded");
        assertThat(test.transitions)
                .last()
                .satisfies(last -> assertThat(last.mode()).isEqualTo(BreakerMode.AUTOMATIC));
    }

    @Test
    void forcedClosedForAWhileOpensAgainAfterIt() {
        TestBreaker test = new TestBreaker(s -> s.failureThreshold(2));
        test.breaker.setMode(BreakerMode.FORCED_CLOSED, Duration.ofMinutes(1), "");
        test.fail(5);
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        test.time.advanceMillis(60_000);
        assertThat(test.breaker.snapshot().mode()).isEqualTo(BreakerMode.AUTOMATIC);
        test.fail();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void observingForAWhileRejectsAfterIt() {
        TestBreaker test = new TestBreaker(s -> s.failureThreshold(1).openMillis(604_800_000));
        test.breaker.setMode(BreakerMode.OBSERVING, Duration.ofMinutes(1), "");
        test.fail();
        test.succeed(3);
        assertThat(test.breaker.snapshot().observedRejected()).isEqualTo(3);
        assertThat(test.breaker.snapshot().observedOpened()).isEqualTo(1);
        assertThat(test.breaker.snapshot().opened()).isZero();
        test.time.advanceMillis(60_000);
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        assertThat(test.transitions).last().satisfies(last -> {
            assertThat(last.mode()).isEqualTo(BreakerMode.AUTOMATIC);
            assertThat(last.why()).isEqualTo("the mode OBSERVING has ended");
        });
    }

    @Test
    void anEndThatMakesNoSenseIsRefused() {
        TestBreaker test = new TestBreaker(s -> s);
        for (Duration time : List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofDays(366))) {
            assertThatThrownBy(() -> test.breaker.setMode(BreakerMode.FORCED_OPEN, time, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("time must be > 0 and <= PT8760H but was " + time);
        }
        assertThatThrownBy(() -> test.breaker.setMode(BreakerMode.AUTOMATIC, Duration.ofDays(1), ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(test.transitions).isEmpty();
    }

    @Test
    void aModeMayLastAWholeYear() {
        TestBreaker test = new TestBreaker(s -> s);
        test.breaker.setMode(BreakerMode.FORCED_OPEN, Duration.ofDays(365), "");
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }
}
