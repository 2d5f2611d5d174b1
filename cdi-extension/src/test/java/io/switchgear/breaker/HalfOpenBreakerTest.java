// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a half-open breaker admits trials and decides on their outcomes. */
class HalfOpenBreakerTest {
    private final TestBreaker test = new TestBreaker(s -> s.failureThreshold(1)
            .openMillis(1_000)
            .successThreshold(2)
            .halfOpenMaxCalls(2)
            .trialTimeoutMillis(500));

    private void becomeDue() {
        test.fail();
        test.time.advanceMillis(1_000);
    }

    @Test
    void isShownAsDueWithoutBeingCaused() {
        becomeDue();
        for (int i = 0; i < 1_000; i++) {
            BreakerSnapshot snapshot = test.breaker.snapshot();
            assertThat(snapshot.state()).isEqualTo(CircuitState.HALF_OPEN);
            assertThat(snapshot.openRemainingMillis()).isZero();
        }
        assertThat(test.transitions).hasSize(1);
        assertThat(test.breaker.toString()).isEqualTo("test OPEN");
        assertThat(test.transitions).hasSize(1);
    }

    @Test
    void rejectedCallsDoNotProlongTheOpenTime() {
        test.fail();
        for (int i = 0; i < 999; i++) {
            test.time.advanceMillis(1);
            assertThatThrownBy(test::succeed).isInstanceOf(CircuitOpenException.class);
        }
        test.time.advanceMillis(1);
        test.succeed();
    }

    @Test
    void aBackwardStepOfTheWallClockChangesNothing() {
        test.fail();
        test.time.stepWallClock(-86_400_000);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        test.time.advanceMillis(1_000);
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
    }

    @Test
    void admitsNoMoreTrialsThanAllowed() {
        becomeDue();
        test.call();
        test.call();
        assertThatThrownBy(test::call).isInstanceOfSatisfying(CircuitOpenException.class, rejection -> {
            assertThat(rejection.state()).isEqualTo(CircuitState.HALF_OPEN);
            assertThat(rejection.openRemainingMillis()).isZero();
        });
        assertThat(test.breaker.snapshot().trialsInFlight()).isEqualTo(2);
    }

    @Test
    void closesAfterEnoughSuccessfulTrials() {
        becomeDue();
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(test.transitions)
                .extracting(CircuitTransition::why)
                .endsWith("its time in OPEN is over", "2 trials succeeded");
    }

    @Test
    void anyFailingTrialOpensAgain() {
        becomeDue();
        test.succeed();
        test.fail();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.breaker.snapshot().openRemainingMillis()).isEqualTo(1_000);
        assertThat(test.breaker.snapshot().opened()).isEqualTo(2);
        assertThat(test.transitions)
                .last()
                .satisfies(last -> assertThat(last.why()).isEqualTo("a trial failed with java.io.IOException"));
        assertThat(test.breaker.snapshot().lastTrip())
                .as("why it opened at first")
                .isEqualTo("1 failure (threshold 1), the last with java.io.IOException");
    }

    @Test
    void anErrorFromATrialOpensAgainHoweverOften() {
        for (int i = 0; i < 10; i++) {
            becomeOpenAgainByError();
        }
        test.time.advanceMillis(1_000);
        test.succeed(2);
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    private void becomeOpenAgainByError() {
        if (test.state() == CircuitState.CLOSED) {
            test.fail();
        }
        test.time.advanceMillis(1_000);
        assertThatThrownBy(() -> test.breaker.run(() -> {
                    throw new AssertionError();
                }))
                .isInstanceOf(AssertionError.class);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void skippedTrialsGiveTheirPermitsBackAndDecideNothing() {
        TestBreaker picky = new TestBreaker(
                s -> s.failureThreshold(1).halfOpenMaxCalls(2).successThreshold(1),
                new FailureRule(List.of(Throwable.class), List.of(IllegalArgumentException.class)));
        picky.fail();
        picky.time.advanceMillis(60_000);
        for (int i = 0; i < 10; i++) {
            picky.call().threw(new IllegalArgumentException());
        }
        assertThat(picky.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(picky.breaker.snapshot().trialsInFlight()).isZero();
        picky.succeed();
        assertThat(picky.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aTrialThatNeverReturnsGivesItsPermitToAnotherAndDecidesNothing() {
        becomeDue();
        TestBreaker.Call hung = test.call();
        test.call();
        test.time.advanceMillis(499);
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        test.time.advanceMillis(1);
        TestBreaker.Call next = test.call();
        hung.threw(new IOException());
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(test.breaker.snapshot().lateOutcomes()).isEqualTo(1);
        next.succeeded();
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aTrialThatEndsAtTheVeryTimeOfItsTimeOutDecidesNothing() {
        TestBreaker prompt = new TestBreaker(s -> s.successThreshold(1).trialTimeoutMillis(500));
        prompt.untilHalfOpen();
        TestBreaker.Call trial = prompt.call();
        prompt.time.advanceMillis(500);
        trial.succeeded();
        assertThat(prompt.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(prompt.breaker.snapshot().lateOutcomes()).isEqualTo(1);
        TestBreaker.Call inTime = prompt.call();
        prompt.time.advanceMillis(499);
        inTime.succeeded();
        assertThat(prompt.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void theOtherTrialsOfAFailedPeriodDecideNothing() {
        becomeDue();
        TestBreaker.Call late = test.call();
        test.fail();
        late.succeeded();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        test.time.advanceMillis(1_000);
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
    }

    @Test
    void anOutcomeReportedTwiceIsNoSecondTrial() {
        becomeDue();
        TestBreaker.Call trial = test.call();
        trial.succeeded();
        trial.succeeded();
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
    }

    @Test
    void anOpenTimeOfZeroGoesToTrialsAtOnce() {
        TestBreaker eager =
                new TestBreaker(s -> s.failureThreshold(1).openMillis(0).successThreshold(1));
        eager.fail();
        eager.succeed();
        assertThat(eager.state()).isEqualTo(CircuitState.CLOSED);
    }
}
