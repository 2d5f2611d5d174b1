// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How slow calls and calls that hang open a breaker. */
class SlowCallTest {
    private static final int BUCKET_MILLIS = 100;

    private final TestBreaker test = new TestBreaker(s -> s.failureThreshold(2).slowCallMillis(1_600));

    private void slowCall() {
        TestBreaker.Call call = test.call();
        test.time.advanceMillis(1_601);
        call.succeeded();
    }

    @Test
    void aSlowCallIsAFailureAmongConsecutiveOnes() {
        test.fail();
        slowCall();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.breaker.snapshot().slowCalls()).isEqualTo(1);
        assertThat(test.breaker.snapshot().successes()).isEqualTo(1);
    }

    @Test
    void aCallThatTakesExactlyTheTimeIsNotSlow() {
        TestBreaker.Call call = test.call();
        test.time.advanceMillis(1_600);
        call.succeeded();
        assertThat(test.breaker.snapshot().slowCalls()).isZero();
    }

    @Test
    void slowCallsOpenAWindowAtTheirRate() {
        test.tune(s -> s.tripOn(TripOn.CALL_WINDOW).minimumCalls(4).slowCallRateThresholdPercent(50));
        test.succeed(2);
        slowCall();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(test.breaker.snapshot().slowCallRatePercent()).isNaN();
        slowCall();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.breaker.snapshot().lastTrip())
                .isEqualTo("0 failures in the last 4 calls (threshold 50.0 %), 2 took over 1600 ms (threshold 50.0 %)");
    }

    @Test
    void aServiceThatHangsOpensTheBreakerBeforeAnyCallReturns() {
        test.call();
        test.call();
        test.time.advanceMillis(1_600 + BUCKET_MILLIS);
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        BreakerSnapshot snapshot = test.breaker.snapshot();
        assertThat(snapshot.state()).isEqualTo(CircuitState.OPEN);
        assertThat(snapshot.lastTrip())
                .isEqualTo("2 consecutive failures or slow calls (2 still running) (threshold 2)");
        assertThat(snapshot.oldestCallMillis()).isBetween(1_700L, 1_800L);
        assertThat(snapshot.callsInFlight()).isEqualTo(2);
    }

    @Test
    void aHangingCallIsNeverSeenEarlyAndAtMostOneBucketLate() {
        for (int phase = 0; phase < 2 * BUCKET_MILLIS; phase += 7) {
            TestBreaker busy = new TestBreaker(s -> s.failureThreshold(1_000).slowCallMillis(1_600));
            for (int i = 0; i < 2_000 + phase; i++) {
                busy.time.advanceMillis(1);
                busy.succeed();
            }
            busy.tune(s -> s.failureThreshold(1));
            busy.call();
            int millis = 0;
            while (busy.state() == CircuitState.CLOSED) {
                busy.time.advanceMillis(1);
                millis++;
                try {
                    busy.succeed();
                } catch (CircuitOpenException opened) {
                    assertThat(busy.state()).isEqualTo(CircuitState.OPEN);
                }
            }
            assertThat(millis).as("phase %d", phase).isBetween(1_600, 1_600 + BUCKET_MILLIS + 1);
        }
    }

    @Test
    void aTripBySlowCallsDoesNotBlameAnEarlierFailure() {
        test.fail();
        test.succeed();
        slowCall();
        slowCall();
        assertThat(test.breaker.snapshot().lastTrip())
                .isEqualTo("2 consecutive failures or slow calls (threshold 2), after 2 calls of which 50 % succeeded");
    }

    @Test
    void aCallThatHangsForVeryLongIsStillCountedAndLeavesWhenItReturns() {
        test.tune(s -> s.failureThreshold(1_000));
        TestBreaker.Call hung = test.call();
        for (int i = 0; i < 1_000; i++) {
            test.time.advanceMillis(BUCKET_MILLIS / 2);
            test.succeed();
        }
        assertThat(test.breaker.snapshot().oldestCallMillis()).isBetween(50_000L, 50_000L + BUCKET_MILLIS);
        test.tune(s -> s.failureThreshold(1));
        test.time.advanceMillis(BUCKET_MILLIS);
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        test.breaker.reset();
        hung.succeeded();
        assertThat(test.breaker.snapshot().oldestCallMillis()).isZero();
        assertThat(test.breaker.snapshot().callsInFlight()).isZero();
    }

    @Test
    void theAgeOfTheOldestCallIsShown() {
        assertThat(test.breaker.snapshot().oldestCallMillis()).isZero();
        TestBreaker.Call call = test.call();
        test.time.advanceMillis(1_234);
        assertThat(test.breaker.snapshot().oldestCallMillis()).isBetween(1_234L, 1_234L + BUCKET_MILLIS);
        call.succeeded();
        assertThat(test.breaker.snapshot().oldestCallMillis()).isZero();
    }

    @Test
    void nothingIsWatchedWhileItIsOff() {
        test.tune(s -> s.slowCallMillis(0));
        TestBreaker.Call call = test.call();
        test.time.advanceMillis(86_400_000);
        assertThat(test.breaker.snapshot().oldestCallMillis()).isEqualTo(-1);
        call.succeeded();
        assertThat(test.breaker.snapshot().slowCalls()).isZero();
    }

    @Test
    void switchedOnLiveItWatchesFromTheNextCallOn() {
        test.tune(s -> s.slowCallMillis(0));
        TestBreaker.Call before = test.call();
        test.tune(s -> s.slowCallMillis(1_600).failureThreshold(1));
        TestBreaker.Call after = test.call();
        test.time.advanceMillis(1_601);
        before.succeeded();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        after.succeeded();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.breaker.snapshot().lateOutcomes()).isZero();
    }

    @Test
    void aSlowTrialOpensAgain() {
        test.untilHalfOpen();
        slowCall();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.transitions)
                .last()
                .satisfies(last -> assertThat(last.why()).isEqualTo("a trial took more than 1600 ms"));
    }

    @Test
    void anAsynchronousCallIsSlowByTheTimeOfItsCompletion() {
        test.tune(s -> s.failureThreshold(1));
        CompletableFuture<String> result = new CompletableFuture<>();
        assertThat(test.breaker.callAsync(() -> result)).isSameAs(result);
        test.time.advanceMillis(1_601);
        result.complete("late");
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aTrialThatTakesExactlyTheTimeIsNotSlow() {
        test.untilHalfOpen();
        TestBreaker.Call trial = test.call();
        test.time.advanceMillis(1_600);
        trial.succeeded();
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(test.breaker.snapshot().slowCalls()).isZero();
    }

    @Test
    void aLoweredThresholdWaitsForTheNextOutcomeWhereNoCallHangs() {
        test.tune(s -> s.failureThreshold(5));
        test.fail(3);
        test.tune(s -> s.failureThreshold(2));
        test.time.advanceMillis(10_000);
        TestBreaker.Call admitted = test.call();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        admitted.failed();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }
}
