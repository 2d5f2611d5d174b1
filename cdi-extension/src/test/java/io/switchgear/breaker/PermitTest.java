// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import org.junit.jupiter.api.Test;

/** Which transitions a {@link Permit} was admitted before, and which calls would be rejected. */
class PermitTest {
    private final TestBreaker test =
            new TestBreaker(s -> s.failureThreshold(1).successThreshold(1).openMillis(1_000));

    @Test
    void aCallOfTheClosedPeriodCameBeforeTheOpening() {
        Permit call = test.breaker.acquire();
        test.fail();
        assertThat(call.admittedBefore(last(CircuitState.OPEN))).isTrue();
    }

    @Test
    void aTrialCameAfterTheOpeningThatItFollows() {
        test.fail();
        test.time.advanceMillis(1_000);
        Permit trial = test.breaker.acquire();
        assertThat(trial.admittedBefore(last(CircuitState.OPEN))).isFalse();
    }

    @Test
    void aTrialCameBeforeTheOpeningThatAnotherTrialCaused() {
        test.fail();
        test.time.advanceMillis(1_000);
        Permit trial = test.breaker.acquire();
        test.fail();
        assertThat(trial.admittedBefore(last(CircuitState.OPEN))).isTrue();
    }

    @Test
    void aCallThatANewClosedPeriodAdmittedCameAfterTheOpening() {
        test.fail();
        test.time.advanceMillis(1_000);
        test.succeed();
        test.tune(s -> s.maxConcurrentCalls(5));
        assertThat(test.breaker.acquire().admittedBefore(last(CircuitState.OPEN)))
                .isFalse();
    }

    @Test
    void aChangeOfSettingsLeavesItWhereItWas() {
        test.tune(s -> s.slowCallMillis(5_000));
        Permit call = test.breaker.acquire();
        test.fail();
        assertThat(call.admittedBefore(last(CircuitState.OPEN))).isTrue();
    }

    @Test
    void aCallThatAnObserverLetThroughCameAfterTheOpeningAndBeforeTheNext() {
        test.breaker.observe("test");
        test.fail();
        Permit through = test.breaker.acquire();
        CircuitTransition first = last(CircuitState.OPEN);
        assertThat(through.admittedBefore(first)).isFalse();
        test.time.advanceMillis(1_000);
        test.fail();
        assertThat(last(CircuitState.OPEN)).isNotEqualTo(first);
        assertThat(through.admittedBefore(last(CircuitState.OPEN))).isTrue();
    }

    @Test
    void whetherACallWouldBeRejectedIsKnownWithoutMakingIt() {
        assertThat(test.breaker.rejectsNow()).as("closed").isFalse();
        test.fail();
        assertThat(test.breaker.rejectsNow()).as("open").isTrue();
        test.time.advanceMillis(999);
        assertThat(test.breaker.rejectsNow()).isTrue();
        test.time.advanceMillis(1);
        assertThat(test.breaker.rejectsNow()).as("due").isFalse();
        assertThat(test.breaker.snapshot().rejected())
                .as("no call was rejected")
                .isZero();
        test.breaker.forceOpen("test");
        assertThat(test.breaker.rejectsNow()).as("forced open").isTrue();
        test.breaker.reset();
        test.breaker.observe("test");
        test.fail();
        assertThat(test.breaker.rejectsNow()).as("observing").isFalse();
    }

    private CircuitTransition last(CircuitState to) {
        return test.transitions.stream()
                .filter(transition -> transition.to() == to && transition.from() != to)
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
