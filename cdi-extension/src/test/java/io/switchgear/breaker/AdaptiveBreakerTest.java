// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.switchgear.CircuitOpenException;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.RejectionReason;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a breaker opens in part. */
class AdaptiveBreakerTest {
    private final TestBreaker test = new TestBreaker(s -> s.tripOn(TripOn.ADAPTIVE));

    /** Makes calls until {@code offered} were offered; returns those that were admitted. */
    private List<TestBreaker.Call> offer(int offered) {
        return IntStream.range(0, offered)
                .boxed()
                .flatMap(i -> admitted().stream())
                .toList();
    }

    private List<TestBreaker.Call> admitted() {
        try {
            return List.of(test.call());
        } catch (CircuitOpenException rejected) {
            return List.of();
        }
    }

    private void open() {
        test.fail(20);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    private void halfOpen() {
        open();
        test.time.advanceMillis(2_000);
        test.succeed(3);
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
    }

    private double percent() {
        return test.breaker.snapshot().admittedPercent();
    }

    @Test
    void everySecondFailureOpensNothing() {
        for (int i = 0; i < 10_000; i++) {
            test.fail();
            test.succeed();
        }
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(percent()).isEqualTo(100);
        assertThat(test.breaker.snapshot().admission()).isEqualTo("admits all calls");
    }

    @Test
    void failuresInExcessOpenInPartAndTheReasonSaysSo() {
        for (int i = 0; i < 18; i++) {
            test.fail(2);
            test.succeed();
        }
        test.fail(2);
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(test.breaker.snapshot().lastTrip())
                .isEqualTo("38 failures in the last 56 calls (threshold 50.0 %), so it admits 64 %, the last with"
                        + " java.io.IOException");
        assertThat(test.breaker.snapshot().admission()).isEqualTo("admits 64 %, as 38 of the last 56 calls failed");
        assertThat(test.breaker.snapshot().trips()).isEqualTo(1);
        assertThat(test.breaker.snapshot().opened()).isEqualTo(1);
        int before = test.transitions.size();
        assertThat(offer(100)).hasSize(64);
        assertThat(test.transitions).hasSize(before);
        CircuitOpenException rejected = catchThrowableOfType(CircuitOpenException.class, test::call);
        assertThat(rejected.reason()).isEqualTo(RejectionReason.SHARE_TAKEN);
        assertThat(rejected.openRemainingMillis()).isZero();
        assertThat(rejected).hasMessageStartingWith("test is HALF_OPEN and admits a share of the calls");
    }

    @Test
    void whatFailsAsAWholeOpensAsAWholeAndTricklesForEver() {
        open();
        for (int i = 0; i < 1_000; i++) {
            CircuitOpenException rejected = catchThrowableOfType(CircuitOpenException.class, test::call);
            assertThat(rejected.reason()).isEqualTo(RejectionReason.OPEN);
            assertThat(rejected.openRemainingMillis()).isEqualTo(2_000);
            test.time.advanceMillis(2_000);
            assertThat(offer(10)).hasSize(1).allSatisfy(TestBreaker.Call::failed);
        }
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.transitions).hasSize(1);
        assertThat(test.breaker.snapshot().admission()).isEqualTo("admits one trial in 2000 ms, as calls fail");
    }

    @Test
    void trialsThatFailWaitLongerWithABackoff() {
        test.tune(s -> s.openBackoffFactor(2).openMillis(1).openMaxMillis(5_000));
        open();
        for (long wait : new long[] {2_000, 4_000, 5_000, 5_000}) {
            assertThat(test.breaker.snapshot().openRemainingMillis()).isEqualTo(wait);
            test.time.advanceMillis(wait);
            test.fail();
        }
    }

    @Test
    void theShareDoublesWhileNothingFails() {
        halfOpen();
        assertThat(test.breaker.snapshot().admission())
                .isEqualTo("admits 3 calls in a second, to see whether the service is back");
        for (int expected : new int[] {3, 5, 9, 17, 33, 65}) {
            assertThat(offer(100)).hasSize(expected).allSatisfy(TestBreaker.Call::succeeded);
            test.time.advanceMillis(1_000);
            test.breaker.look();
        }
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(test.transitions.get(2).why())
                .isEqualTo("all calls are admitted again, as 0 of the last 65 calls failed");
    }

    @Test
    void aShareOfWhichAllFailOpens() {
        halfOpen();
        offer(100).forEach(TestBreaker.Call::failed);
        test.time.advanceMillis(1_000);
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.transitions.get(2).why())
                .isEqualTo("all calls of the last second failed, the last failed with java.io.IOException");
        assertThat(test.breaker.snapshot().trips()).isEqualTo(1);
        assertThat(test.breaker.snapshot().opened()).isEqualTo(2);
    }

    @Test
    void outcomesOfAnotherShareDecideNothing() {
        halfOpen();
        List<TestBreaker.Call> first = offer(10);
        first.subList(0, 2).forEach(TestBreaker.Call::succeeded);
        test.time.advanceMillis(1_000);
        List<TestBreaker.Call> more = offer(3);
        first.get(2).succeeded();
        double share = percent();
        assertThat(share).isPositive();
        more.forEach(TestBreaker.Call::failed);
        assertThat(percent()).isEqualTo(share);
        assertThat(test.breaker.snapshot().lateOutcomes()).isEqualTo(more.size());
    }

    @ParameterizedTest
    @EnumSource(TripOn.class)
    void callsAdmittedWhileClosedDecideNothingLater(TripOn next) {
        List<TestBreaker.Call> old = offer(30);
        halfOpen();
        test.tune(s -> s.tripOn(next));
        old.forEach(TestBreaker.Call::failed);
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(test.breaker.snapshot().lateOutcomes()).isEqualTo(30);
    }

    @Test
    void cancelledCallsGiveTheirPlaceInTheRoundBack() {
        halfOpen();
        for (int i = 0; i < 100; i++) {
            test.call().threw(new CancellationException());
        }
        assertThat(offer(10)).hasSize(3);
        assertThat(test.breaker.snapshot().ignored()).isEqualTo(100);
    }

    @Test
    void callsThatNeverReturnLeaveItNeitherStuckNorClosed() {
        halfOpen();
        assertThat(offer(1_000)).hasSize(3);
        test.time.advanceMillis(59_999);
        assertThat(offer(1_000)).isEmpty();
        test.time.advanceMillis(1);
        assertThat(offer(1_000)).isEmpty();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        // three trials may hang at once; then one for each that times out
        for (int i = 0; i < 5; i++) {
            test.time.advanceMillis(2_000);
            assertThat(offer(10)).hasSize(i < 3 ? 1 : 0);
        }
        test.time.advanceMillis(60_000);
        assertThat(offer(10)).hasSize(1);
    }

    @Test
    void callsThatHangOpenItBeforeTheyReturn() {
        test.tune(s -> s.slowCallMillis(100));
        halfOpen();
        List<TestBreaker.Call> hanging = offer(3);
        test.time.advanceMillis(1_000);
        test.breaker.look();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        hanging.forEach(TestBreaker.Call::succeeded);
        assertThat(test.breaker.snapshot().lateOutcomes()).isEqualTo(3);
        assertThat(test.transitions.get(test.transitions.size() - 1).why())
                .isEqualTo("all calls of the last second failed, the last is still running");
    }

    @Test
    void hangingCallsOpenAClosedOne() {
        test.tune(s -> s.slowCallMillis(100));
        offer(20);
        test.time.advanceMillis(200);
        test.breaker.look();
        assertThat(test.breaker.snapshot().lastTrip())
                .isEqualTo("20 failures or slow calls (20 still running) in the last 20 calls (threshold 50.0 %)");
    }

    @Test
    void aShareKeepsTheLimitOfConcurrentCalls() {
        test.tune(s -> s.maxConcurrentCalls(2));
        halfOpen();
        assertThat(offer(10)).hasSize(2);
    }

    @Test
    void aClockThatPausesForAnHourIsOneLongRound() {
        halfOpen();
        offer(100).forEach(TestBreaker.Call::succeeded);
        test.time.advanceMillis(3_600_000);
        assertThat(offer(100)).hasSize(5).allSatisfy(TestBreaker.Call::succeeded);
        test.time.advanceMillis(3_600_000);
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
    }

    @Test
    void atOneCallAnHourSixSuccessesCloseIt() {
        open();
        for (int i = 0; i < 6; i++) {
            assertThat(test.state()).isNotEqualTo(CircuitState.CLOSED);
            test.time.advanceMillis(3_600_000);
            test.succeed();
        }
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aThousandShortOutagesLeaveItClosed() {
        for (int i = 0; i < 1_000; i++) {
            halfOpen();
            offer(4).forEach(TestBreaker.Call::succeeded);
            test.time.advanceMillis(1_000);
            test.breaker.look();
            assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        }
    }

    @Test
    void toAndFromAnotherPolicyTheStateStays() {
        open();
        test.tune(s -> s.tripOn(TripOn.TIME_WINDOW));
        assertThat(test.breaker.snapshot().openRemainingMillis()).isEqualTo(60_000);
        test.time.advanceMillis(2_000);
        test.tune(s -> s.tripOn(TripOn.ADAPTIVE));
        test.succeed(3);
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        test.tune(s -> s.tripOn(TripOn.CONSECUTIVE_FAILURES));
        assertThat(percent()).isZero();
        test.succeed(3);
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void whileClosedAPolicyStartsFromWhatIsKnown() {
        test.tune(s -> s.tripOn(TripOn.CONSECUTIVE_FAILURES).failureThreshold(100));
        test.fail(19);
        test.tune(s -> s.tripOn(TripOn.ADAPTIVE));
        assertThat(test.breaker.snapshot().windowFailures()).isEqualTo(19);
        test.fail();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aNewIntervalMovesTheNextTrialAndANewThresholdCountsAtOnce() {
        open();
        test.tune(s -> s.trialIntervalMillis(10).successThreshold(1));
        test.time.advanceMillis(10);
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        test.tune(s -> s.failureRateThresholdPercent(75));
        List<TestBreaker.Call> calls = offer(1);
        calls.get(0).succeeded();
        test.time.advanceMillis(1_000);
        test.breaker.look();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aRampLimitsTheShareAfterAnOutage() {
        test.tune(s -> s.rampUpMillis(10_000));
        halfOpen();
        for (int second = 0; second < 10; second++) {
            assertThat(percent()).isLessThanOrEqualTo(Math.max(10, 10 * second));
            offer(100).forEach(TestBreaker.Call::succeeded);
            test.time.advanceMillis(1_000);
            test.breaker.look();
        }
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(offer(100)).hasSize(100);
    }

    @ParameterizedTest
    @EnumSource(BreakerMode.class)
    void modesOverrideTheShare(BreakerMode mode) {
        halfOpen();
        test.breaker.setMode(mode, null, "test");
        assertThat(offer(100))
                .hasSize(
                        switch (mode) {
                            case AUTOMATIC -> 3;
                            case FORCED_OPEN -> 0;
                            case FORCED_CLOSED, OBSERVING -> 100;
                        });
        assertThat(test.breaker.snapshot().observedRejected()).isEqualTo(mode == BreakerMode.OBSERVING ? 97 : 0);
    }

    @Test
    void anOperatorMakesItHalfOpenAheadOfTime() {
        open();
        assertThat(test.breaker.halfOpenNow()).isTrue();
        assertThat(offer(10)).hasSize(3);
        test.breaker.forceOpen("");
        assertThat(offer(10)).isEmpty();
        test.breaker.automatic();
        assertThat(offer(10)).hasSize(3);
        test.breaker.reset();
        assertThat(offer(10)).hasSize(10);
    }
}
