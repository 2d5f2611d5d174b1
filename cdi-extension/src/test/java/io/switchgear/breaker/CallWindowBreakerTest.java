// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.settings.TripOn;
import io.switchgear.status.CircuitState;
import org.junit.jupiter.api.Test;

/** How a breaker opens at the rates of a {@link io.switchgear.window.CallWindow}. */
class CallWindowBreakerTest {
    @Test
    void aSuccessThatCompletesTheMinimumIsJudgedToo() {
        TestBreaker test = new TestBreaker(s ->
                s.tripOn(TripOn.CALL_WINDOW).windowCalls(10).minimumCalls(4).failureRateThresholdPercent(75));
        test.fail(3);
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.breaker.snapshot().lastTrip()).startsWith("3 failures in the last 4 calls (threshold 75.0 %)");
    }

    @Test
    void theRateIsNotANumberUntilTheMinimumIsIn() {
        TestBreaker test = new TestBreaker(s ->
                s.tripOn(TripOn.CALL_WINDOW).windowCalls(10).minimumCalls(2).failureRateThresholdPercent(100));
        test.fail();
        assertThat(test.breaker.snapshot().failureRatePercent()).isNaN();
        test.succeed();
        assertThat(test.breaker.snapshot().failureRatePercent()).isEqualTo(50);
    }

    @Test
    void callsThatHangOpenACallWindowTogetherWithThoseThatAreOver() {
        TestBreaker test = new TestBreaker(s -> s.tripOn(TripOn.CALL_WINDOW)
                .minimumCalls(4)
                .slowCallMillis(1_600)
                .slowCallRateThresholdPercent(50));
        test.succeed(2);
        test.call();
        test.call();
        test.time.advanceMillis(1_700);
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        assertThat(test.breaker.snapshot().lastTrip())
                .startsWith("0 failures in the last 4 calls")
                .contains("2 (2 still running) took over 1600 ms");
    }

    @Test
    void slowCallsCountNoMoreOnceTheyAreOff() {
        TestBreaker test = new TestBreaker(s ->
                s.tripOn(TripOn.CALL_WINDOW).minimumCalls(2).slowCallMillis(100).slowCallRateThresholdPercent(50));
        TestBreaker.Call slow = test.call();
        test.time.advanceMillis(101);
        slow.succeeded();
        test.tune(s -> s.slowCallMillis(0));
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void withTheSmallestRateTheFirstFailureOpensAndNoSuccess() {
        TestBreaker test = new TestBreaker(
                s -> s.tripOn(TripOn.CALL_WINDOW).minimumCalls(1).failureRateThresholdPercent(Double.MIN_VALUE));
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        test.fail();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }
}
