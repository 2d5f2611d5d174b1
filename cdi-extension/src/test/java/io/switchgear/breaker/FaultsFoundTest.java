// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.status.CircuitState;
import io.switchgear.time.Ticker;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults found by the comparison with the model or by races, in a few steps. */
class FaultsFoundTest {
    @ParameterizedTest
    @EnumSource(value = TripOn.class, names = "CONSECUTIVE_FAILURES", mode = EnumSource.Mode.EXCLUDE)
    void anotherPolicyTakesNoQuickFailureForASlowOne(TripOn window) {
        TestBreaker test = new TestBreaker(s ->
                s.slowCallMillis(1_000).minimumCalls(5).failureThreshold(100).slowCallRateThresholdPercent(50));
        test.fail(4);
        test.tune(s -> s.tripOn(window).failureRateThresholdPercent(100));
        assertThat(test.breaker.snapshot().windowSlowCalls()).isZero();
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void callsThatHangAreStillSeenAfterALimitOfCallsIsSet() {
        TestBreaker test = new TestBreaker(s -> s.slowCallMillis(100).failureThreshold(2));
        test.call();
        test.call();
        test.tune(s -> s.maxConcurrentCalls(10));
        test.time.advanceMillis(200);
        assertThat(test.breaker.snapshot().oldestCallMillis()).isEqualTo(200);
        assertThatThrownBy(test::call)
                .isInstanceOfSatisfying(
                        CircuitOpenException.class,
                        opened -> assertThat(opened.state()).isEqualTo(CircuitState.OPEN));
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void theResultOfATrialAfterItsTimeOutCountsForNothingEvenIfItsPermitWasNotTaken() {
        TestBreaker test = new TestBreaker(s -> s.successThreshold(1).trialTimeoutMillis(500));
        test.untilHalfOpen();
        TestBreaker.Call hung = test.call();
        test.time.advanceMillis(86_400_000);
        hung.succeeded();
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(test.breaker.snapshot().lateOutcomes()).isEqualTo(1);
    }

    @Test
    void theOldestCallIsTheOldestInWhateverOrderItsBucketIsUsedAgain() {
        TestBreaker test = new TestBreaker(s -> s.slowCallMillis(16).failureThreshold(1_000));
        test.time.advanceMillis(5);
        test.call();
        test.time.advanceMillis(15);
        test.call();
        test.time.advanceMillis(32);
        test.call();
        assertThat(test.breaker.snapshot().oldestCallMillis()).isBetween(47L, 48L);
    }

    @Test
    void aSuccessThatComesAsItOpensDoesNotMakeItSayThatNothingFailed() {
        AtomicReference<Breaker> racing = new AtomicReference<>();
        // the clock is first read after the decision on the failure
        Ticker ticker = () -> {
            Breaker breaker = racing.getAndSet(null);
            if (breaker != null) {
                breaker.run(() -> {});
            }
            return 0;
        };
        BreakerSettings settings = BreakerSettings.builder().failureThreshold(1).build();
        Breaker breaker =
                new Breaker("test", settings, FailureRule.ANY, ticker, InstantSource.system(), transition -> {});
        racing.set(breaker);
        Permit permit = breaker.acquire();
        permit.threw(new IOException(), permit.start());
        assertThat(breaker.snapshot().successes()).isEqualTo(1);
        assertThat(breaker.snapshot().lastTrip()).startsWith("1 failure (threshold 1)");
    }
}
