// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a breaker opens at the rates of a {@link io.switchgear.window.TimeWindow}. */
class TimeWindowBreakerTest {
    private static TestBreaker breaker(int minimumCalls, double percent) {
        return new TestBreaker(s -> s.tripOn(TripOn.TIME_WINDOW)
                .windowMillis(3_200)
                .minimumCalls(minimumCalls)
                .failureRateThresholdPercent(percent));
    }

    private static void slowFailureAndSlowSuccess(TestBreaker test) {
        TestBreaker.Call slowFailure = test.call();
        TestBreaker.Call slowSuccess = test.call();
        test.time.advanceMillis(101);
        slowFailure.failed();
        slowSuccess.succeeded();
    }

    private static void assertWindow(TestBreaker test, int outcomes, int failures, int slowCalls) {
        BreakerSnapshot seen = test.breaker.snapshot();
        assertThat(seen.windowOutcomes()).isEqualTo(outcomes);
        assertThat(seen.windowFailures()).isEqualTo(failures);
        assertThat(seen.windowSlowCalls()).isEqualTo(slowCalls);
    }

    @Test
    void opensAtTheRateOnceTheMinimumIsIn() {
        TestBreaker test = breaker(4, 50);
        test.fail(2);
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.breaker.snapshot().lastTrip())
                .isEqualTo("2 failures in the last 4 calls within 3200 ms (threshold 50.0 %)");
    }

    @Test
    void outcomesLeaveTheWindowWithTime() {
        TestBreaker test = breaker(100, 100);
        test.fail(3);
        test.time.advanceMillis(3_099);
        assertThat(test.breaker.snapshot().windowFailures()).isEqualTo(3);
        test.time.advanceMillis(101);
        assertThat(test.breaker.snapshot().windowFailures()).isZero();
        assertThat(test.breaker.snapshot().consecutiveFailures()).isEqualTo(3);
    }

    @Test
    void anIdleBreakerShowsAnEmptyWindowHoweverOftenItIsRead() {
        TestBreaker test = breaker(1, 100);
        test.succeed(5);
        test.time.advanceMillis(86_400_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(test.breaker.snapshot().windowOutcomes()).isZero();
        }
        assertThat(test.breaker.snapshot().failureRatePercent()).isNaN();
        test.succeed();
        assertThat(test.breaker.snapshot().windowOutcomes()).isEqualTo(1);
    }

    @Test
    void aHundredThousandFailuresAtOnceOpenIt() {
        TestBreaker test = breaker(100_000, 100);
        test.fail(100_000);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void anotherLengthKeepsTheMostRecentOutcomes() {
        TestBreaker test = breaker(100, 100);
        test.fail(2);
        test.time.advanceMillis(1_600);
        test.fail(3);
        test.tune(s -> s.windowMillis(800));
        assertThat(test.breaker.snapshot().windowFailures()).isEqualTo(3);
        test.tune(s -> s.windowMillis(60_000));
        assertThat(test.breaker.snapshot().windowFailures()).isEqualTo(3);
        test.time.advanceMillis(50_000);
        assertThat(test.breaker.snapshot().windowFailures()).isEqualTo(3);
    }

    @Test
    void aLongerWindowKeepsAllThatTheShorterHad() {
        TestBreaker test = breaker(100, 100);
        test.fail(2);
        test.time.advanceMillis(1_600);
        test.fail(3);
        test.tune(s -> s.windowMillis(60_000));
        assertThat(test.breaker.snapshot().windowFailures()).isEqualTo(5);
    }

    @Test
    void eachPolicyHandsWhatItKnowsToTheNext() {
        TestBreaker test = breaker(100, 100);
        test.fail(2);
        test.succeed(3);
        test.fail(4);
        test.tune(s -> s.tripOn(TripOn.CALL_WINDOW));
        assertThat(test.breaker.snapshot().windowOutcomes()).isEqualTo(9);
        assertThat(test.breaker.snapshot().windowFailures()).isEqualTo(6);
        assertThat(test.breaker.snapshot().consecutiveFailures()).isEqualTo(4);
        test.tune(s -> s.tripOn(TripOn.TIME_WINDOW));
        assertThat(test.breaker.snapshot().windowOutcomes()).isEqualTo(9);
        assertThat(test.breaker.snapshot().windowFailures()).isEqualTo(6);
        test.tune(s -> s.tripOn(TripOn.CONSECUTIVE_FAILURES));
        assertThat(test.breaker.snapshot().consecutiveFailures()).isEqualTo(4);
    }

    @Test
    void anotherLengthKeepsEachKindOfOutcomeAndForgetsEachKindAlike() {
        TestBreaker test = breaker(100, 100);
        test.tune(s -> s.slowCallMillis(100));
        slowFailureAndSlowSuccess(test);
        test.fail();
        test.succeed();
        test.tune(s -> s.windowMillis(6_400));
        assertWindow(test, 4, 2, 2);
        test.time.advanceMillis(2_000);
        test.tune(s -> s.windowMillis(1_000));
        assertWindow(test, 0, 0, 0);
    }

    @Test
    void slowCallsOpenATimeWindowTooAlsoThoseThatFailed() {
        TestBreaker test = breaker(4, 100);
        test.tune(s -> s.slowCallMillis(100).slowCallRateThresholdPercent(50));
        test.succeed(2);
        TestBreaker.Call slowFailure = test.call();
        TestBreaker.Call slowSuccess = test.call();
        test.time.advanceMillis(101);
        slowFailure.failed();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(test.breaker.snapshot().windowSlowCalls()).isEqualTo(1);
        slowSuccess.succeeded();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.breaker.snapshot().lastTrip())
                .isEqualTo("1 failure in the last 4 calls within 3200 ms (threshold 100.0 %), 2 took over 100 ms"
                        + " (threshold 50.0 %)");
    }

    @Test
    void callsThatHangOpenATimeWindowAlsoAnEmptyOne() {
        TestBreaker test = breaker(2, 100);
        test.tune(s -> s.slowCallMillis(1_600).slowCallRateThresholdPercent(100));
        test.call();
        test.call();
        test.time.advanceMillis(10_000);
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        assertThat(test.breaker.snapshot().lastTrip())
                .isEqualTo("0 failures in the last 2 calls within 3200 ms (threshold 100.0 %), 2 (2 still running) took"
                        + " over 1600 ms (threshold 100.0 %)");
    }

    @Test
    void callsThatHangOpenATimeWindowTogetherWithThoseThatAreOver() {
        TestBreaker test = breaker(4, 100);
        test.tune(s -> s.slowCallMillis(1_600).slowCallRateThresholdPercent(50));
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
    void callsThatHangDoNotOpenAnEmptyWindowBelowTheMinimum() {
        TestBreaker test = breaker(2, 100);
        test.tune(s -> s.slowCallMillis(1_600).slowCallRateThresholdPercent(1));
        test.call();
        test.time.advanceMillis(10_000);
        test.call();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aSlowFailureIsAFailureLikeAnyOther() {
        TestBreaker test = breaker(2, 100);
        test.tune(s -> s.slowCallMillis(100));
        TestBreaker.Call slow = test.call();
        test.time.advanceMillis(101);
        slow.failed();
        test.fail();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void slowCallsLeaveTheWindowWithTimeToo() {
        TestBreaker test = breaker(100, 100);
        test.tune(s -> s.slowCallMillis(100));
        slowFailureAndSlowSuccess(test);
        test.time.advanceMillis(3_200);
        test.succeed();
        assertWindow(test, 1, 0, 0);
    }

    @Test
    void whatACallWindowKnowsOfSlowCallsIsTakenOver() {
        TestBreaker test = breaker(100, 100);
        test.tune(s -> s.tripOn(TripOn.CALL_WINDOW).slowCallMillis(100));
        List<TestBreaker.Call> slow = List.of(test.call(), test.call(), test.call(), test.call(), test.call());
        test.time.advanceMillis(101);
        slow.forEach(TestBreaker.Call::succeeded);
        test.fail(3);
        test.succeed(2);
        test.tune(s -> s.tripOn(TripOn.TIME_WINDOW));
        assertWindow(test, 10, 3, 5);
    }

    @Test
    void anotherLengthKeepsTheOutcomesOfTheLatestStep() {
        TestBreaker test = breaker(100, 100);
        test.fail(2);
        test.tune(s -> s.windowMillis(1_600));
        assertThat(test.breaker.snapshot().windowFailures()).isEqualTo(2);
    }

    @Test
    void afterAnotherLengthOutcomesLeaveTheWindowByTheirOwnAge() {
        TestBreaker test = breaker(100, 100);
        test.fail(3);
        test.time.advanceMillis(1_000);
        test.tune(s -> s.windowMillis(6_400));
        assertThat(test.breaker.snapshot().windowFailures()).isEqualTo(3);
        test.time.advanceMillis(5_000);
        assertThat(test.breaker.snapshot().windowFailures()).isEqualTo(3);
        test.time.advanceMillis(400);
        assertThat(test.breaker.snapshot().windowFailures()).isZero();
        for (int i = 0; i < 20; i++) {
            test.time.advanceMillis(100);
            assertThat(test.breaker.snapshot().windowFailures()).isZero();
        }
    }
}
