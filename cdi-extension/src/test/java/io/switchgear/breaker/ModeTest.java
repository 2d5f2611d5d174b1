package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ModeTest {
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
    void callsInFlightKeepTheirSayWhenTheModeChanges() {
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
}
