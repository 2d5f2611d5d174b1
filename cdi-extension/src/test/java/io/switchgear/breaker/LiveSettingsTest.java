// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How changes of its settings take effect on a running breaker. */
class LiveSettingsTest {
    @Test
    void aLoweredThresholdTakesEffectOnTheNextOutcomeAndNotBefore() {
        TestBreaker test = new TestBreaker(s -> s.failureThreshold(5));
        test.fail(3);
        test.tune(s -> s.failureThreshold(2));
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(test.transitions).singleElement().satisfies(change -> {
            assertThat(change.from()).isEqualTo(change.to());
            assertThat(change.fromSettings().failureThreshold()).isEqualTo(5);
            assertThat(change.settings().failureThreshold()).isEqualTo(2);
            assertThat(change.why()).isEqualTo("FailureThreshold from 5 to 2");
        });
        test.fail();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aCallInFlightStillCounts() {
        TestBreaker test = new TestBreaker(s -> s.failureThreshold(5));
        test.fail();
        TestBreaker.Call running = test.call();
        test.tune(s -> s.failureThreshold(2));
        running.threw(new IllegalStateException());
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.breaker.snapshot().lateOutcomes()).isZero();
    }

    @Test
    void theOpenDeadlineIsWorkedOutAgainFromTheMomentOfOpening() {
        TestBreaker test = new TestBreaker(s -> s.failureThreshold(1).openMillis(10_000));
        test.fail();
        test.time.advanceMillis(2_000);
        test.tune(s -> s.openMillis(5_000));
        assertThat(test.breaker.snapshot().openRemainingMillis()).isEqualTo(3_000);
        test.tune(s -> s.openMillis(2_000));
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        test.tune(s -> s.openMillis(60_000));
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThatThrownBy(test::succeed).isInstanceOf(CircuitOpenException.class);
    }

    @Test
    void trialsInFlightKeepTheirPermitsWhenTheirNumberChanges() {
        TestBreaker test =
                new TestBreaker(s -> s.failureThreshold(1).halfOpenMaxCalls(1).successThreshold(2));
        test.untilHalfOpen();
        TestBreaker.Call first = test.call();
        test.tune(s -> s.halfOpenMaxCalls(2));
        TestBreaker.Call second = test.call();
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        first.succeeded();
        second.succeeded();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aLoweredSuccessThresholdClosesOnTheNextSuccess() {
        TestBreaker test = new TestBreaker(s -> s.successThreshold(5));
        test.untilHalfOpen();
        test.succeed(3);
        test.tune(s -> s.successThreshold(2));
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aShorterTrialTimeoutFreesAHungTrial() {
        TestBreaker test = new TestBreaker(s -> s.halfOpenMaxCalls(1).trialTimeoutMillis(60_000));
        test.untilHalfOpen();
        test.call();
        test.time.advanceMillis(100);
        test.tune(s -> s.trialTimeoutMillis(100));
        test.call();
    }

    @Test
    void aSmallerWindowKeepsTheMostRecentOutcomes() {
        TestBreaker test = new TestBreaker(s ->
                s.tripOn(TripOn.CALL_WINDOW).windowCalls(10).minimumCalls(10).failureRateThresholdPercent(100));
        test.fail(4);
        test.succeed(3);
        test.fail(2);
        test.tune(s -> s.windowCalls(4).minimumCalls(4));
        assertThat(test.breaker.snapshot().windowOutcomes()).isEqualTo(4);
        assertThat(test.breaker.snapshot().windowFailures()).isEqualTo(2);
        test.tune(s -> s.windowCalls(100));
        assertThat(test.breaker.snapshot().windowOutcomes()).isEqualTo(4);
    }

    @Test
    void anotherPolicyStartsFromWhatIsKnown() {
        TestBreaker test = new TestBreaker(s -> s.failureThreshold(10));
        test.fail(4);
        test.tune(s -> s.tripOn(TripOn.CALL_WINDOW).minimumCalls(5));
        assertThat(test.breaker.snapshot().windowFailures()).isEqualTo(4);
        test.tune(s -> s.tripOn(TripOn.CONSECUTIVE_FAILURES));
        assertThat(test.breaker.snapshot().consecutiveFailures()).isEqualTo(4);
    }

    @Test
    void refusedSettingsChangeNothing() {
        TestBreaker test = new TestBreaker(s -> s);
        assertThatThrownBy(() -> test.tune(s -> s.failureThreshold(0).openMillis(-1)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("failureThreshold must be a whole number >= 1 and <= 1000000 but was 0; "
                        + "openMillis must be a whole number >= 0 and <= 604800000 but was -1");
        assertThat(test.breaker.snapshot().settings()).isEqualTo(BreakerSettings.defaults());
    }

    @Test
    void theRateIsKeptWhenTheNewWindowIsShorter() {
        TestBreaker test = new TestBreaker(s -> s.tripOn(TripOn.TIME_WINDOW)
                .windowMillis(86_400_000)
                .minimumCalls(1_000)
                .failureRateThresholdPercent(100));
        for (int i = 0; i < 100; i++) {
            test.fail(6);
            test.succeed(4);
        }
        test.tune(s -> s.tripOn(TripOn.CALL_WINDOW).windowCalls(100).minimumCalls(100));
        assertThat(test.breaker.snapshot().windowOutcomes()).isEqualTo(100);
        assertThat(test.breaker.snapshot().failureRatePercent()).isEqualTo(60);
    }

    @Test
    void whatHasLeftATimeWindowDoesNotComeBack() {
        TestBreaker test = new TestBreaker(
                s -> s.tripOn(TripOn.TIME_WINDOW).windowMillis(1_000).minimumCalls(100));
        test.fail(50);
        test.time.advanceMillis(3_600_000);
        test.tune(s -> s.tripOn(TripOn.CALL_WINDOW));
        assertThat(test.breaker.snapshot().windowOutcomes()).isZero();
    }

    @Test
    void changingThePolicyIsQuickHoweverMuchIsKnown() {
        TestBreaker test = new TestBreaker(
                s -> s.tripOn(TripOn.TIME_WINDOW).minimumCalls(1_000_000).failureRateThresholdPercent(100));
        test.succeed(300_000);
        test.fail(100);
        assertThatCode(() -> CompletableFuture.runAsync(() ->
                                test.tune(s -> s.tripOn(TripOn.CALL_WINDOW).windowCalls(1_000_000)))
                        .get(5, TimeUnit.SECONDS))
                .doesNotThrowAnyException();
        assertThat(test.breaker.snapshot().windowOutcomes()).isEqualTo(300_100);
        assertThat(test.breaker.snapshot().windowFailures()).isEqualTo(100);
        assertThat(test.breaker.snapshot().consecutiveFailures()).isEqualTo(100);
    }

    @Test
    void updateReturnsTheSettingsInForceAfterIt() {
        TestBreaker test = new TestBreaker(s -> s);
        BreakerSettings wanted = BreakerSettings.builder().failureThreshold(9).build();
        assertThat(test.breaker.update(now -> wanted)).isEqualTo(wanted);
        assertThat(test.breaker.update(now -> now)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @EnumSource(TripOn.class)
    void aThresholdChangedLiveNeitherClosesNorForgets(TripOn tripOn) {
        TestBreaker test = new TestBreaker(
                s -> s.tripOn(tripOn).failureThreshold(4).minimumCalls(4).windowCalls(10));
        test.fail(3);
        BreakerSnapshot before = test.breaker.snapshot();
        test.tune(s -> s.failureThreshold(5).minimumCalls(5).failureRateThresholdPercent(80));
        BreakerSnapshot after = test.breaker.snapshot();
        assertThat(after.consecutiveFailures()).isEqualTo(3);
        assertThat(after.windowOutcomes()).isEqualTo(before.windowOutcomes());
        test.fail(2);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        test.tune(s -> s.failureThreshold(100).minimumCalls(10).failureRateThresholdPercent(100));
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.transitions)
                .filteredOn(transition -> transition.from() != transition.to())
                .hasSize(1);
    }

    @Test
    void aSmallerWindowKeepsTheMostRecentOutcomesAndOpensOnTheNextOneOnly() {
        TestBreaker test = new TestBreaker(
                s -> s.tripOn(TripOn.CALL_WINDOW).minimumCalls(4).windowCalls(100));
        test.succeed(10);
        test.fail(4);
        test.tune(s -> s.windowCalls(4));
        assertThat(test.breaker.snapshot().windowFailures()).isEqualTo(4);
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        test.call().threw(new IOException());
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }
}
