// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Faults of other circuit breakers. More of them are tested with their subjects: trials that hang or fail, reading and
 * rejections in {@link HalfOpenBreakerTest}; late outcomes, exceptions and listeners in {@link ClosedBreakerTest};
 * cancelled stages in {@link AsynchronousCallTest}; many threads in {@link ManyThreadsTest}; the order of transitions
 * and the trace of a rejection in {@link TransitionTest}; changes of settings in {@link LiveSettingsTest}; attributes
 * in {@link io.switchgear.jmx.BreakerMBeanTest}.
 */
class LessonsTest {
    private static final FailureRule PICKY =
            new FailureRule(List.of(Throwable.class), List.of(IllegalArgumentException.class));

    @Nested
    class StuckOrAPermitLost {
        private final TestBreaker test = new TestBreaker(
                s -> s.failureThreshold(2)
                        .halfOpenMaxCalls(2)
                        .successThreshold(2)
                        .maxConcurrentCalls(2),
                PICKY);

        private void assertThatTwoTrialsAreAdmitted() {
            TestBreaker.Call one = test.call();
            TestBreaker.Call two = test.call();
            assertThat(test.breaker.snapshot().trialsInFlight()).isEqualTo(2);
            one.succeeded();
            two.succeeded();
            assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        }

        @Test
        void skippedOnTheLastTrialsLeavesRoomForAThird() {
            test.untilHalfOpen();
            TestBreaker.Call one = test.call();
            TestBreaker.Call two = test.call();
            one.threw(new IllegalArgumentException());
            two.threw(new IllegalArgumentException());
            assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
            assertThat(test.transitions).hasSize(2);
            assertThatTwoTrialsAreAdmitted();
        }

        @ParameterizedTest
        @ValueSource(classes = {AssertionError.class, NoClassDefFoundError.class, StackOverflowError.class})
        void anErrorFromATrialIsRecordedAndTheBreakerStillMoves(Class<? extends Error> type) throws Exception {
            Error error = type.getDeclaredConstructor().newInstance();
            for (int i = 1; i <= 50; i++) {
                test.untilHalfOpen();
                assertThatThrownBy(() -> test.breaker.call(() -> {
                            throw error;
                        }))
                        .isSameAs(error);
                assertThat(test.state()).isEqualTo(CircuitState.OPEN);
                assertThat(test.breaker.snapshot().failures()).isEqualTo(i);
            }
            test.untilHalfOpen();
            assertThatTwoTrialsAreAdmitted();
        }

        @ParameterizedTest
        // AdaptiveBreakerTest has the same for ADAPTIVE, whose trials differ
        @EnumSource(value = TripOn.class, names = "ADAPTIVE", mode = EnumSource.Mode.EXCLUDE)
        void aCancelledOrInterruptedTrialGivesItsPermitBackAndIsNeither(TripOn tripOn) {
            test.tune(s -> s.tripOn(tripOn));
            test.untilHalfOpen();
            for (int i = 0; i < 10; i++) {
                test.call().threw(new InterruptedException());
                test.call().threw(new CancellationException());
            }
            BreakerSnapshot snapshot = test.breaker.snapshot();
            assertThat(snapshot.state()).isEqualTo(CircuitState.HALF_OPEN);
            assertThat(snapshot.ignored()).isEqualTo(20);
            assertThat(snapshot.successes() + snapshot.failures()).isZero();
            assertThat(snapshot.trialsInFlight()).isZero();
            assertThatTwoTrialsAreAdmitted();
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void theResultOfATrialThatHungChangesNothingWhenItComesInALaterHalfOpenTime(boolean good) {
            test.tune(s -> s.maxConcurrentCalls(0).trialTimeoutMillis(500));
            test.untilHalfOpen();
            TestBreaker.Call hung = test.call();
            test.fail();
            test.untilHalfOpen();
            TestBreaker.Call trial = test.call();
            if (good) {
                hung.succeeded();
            } else {
                hung.failed();
            }
            assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
            assertThat(test.breaker.snapshot().trialsInFlight()).isEqualTo(1);
            assertThat(test.breaker.snapshot().lateOutcomes()).isEqualTo(1);
            trial.succeeded();
            assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
            test.succeed();
            assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        }

        @Test
        void aRejectedCallReportsNothingOfTheTrialsThatRun() {
            test.untilHalfOpen();
            TestBreaker.Call one = test.call();
            TestBreaker.Call two = test.call();
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> test.breaker.call(() -> "not run")).isInstanceOf(CircuitOpenException.class);
            }
            BreakerSnapshot snapshot = test.breaker.snapshot();
            assertThat(snapshot.state()).isEqualTo(CircuitState.HALF_OPEN);
            assertThat(snapshot.trialsInFlight()).isEqualTo(2);
            assertThat(snapshot.rejected()).isEqualTo(100);
            assertThat(snapshot.successes() + snapshot.failures() + snapshot.ignored())
                    .isZero();
            one.succeeded();
            two.succeeded();
            assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        }

        @Test
        void constantTrafficOnAnOpenBreakerStillRecovers() {
            test.fail(2);
            for (int i = 0; i < 60_000; i += 10) {
                assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
                test.time.advanceMillis(10);
            }
            assertThatTwoTrialsAreAdmitted();
        }

        @ParameterizedTest
        // AdaptiveBreakerTest has the same for ADAPTIVE, whose trials differ
        @EnumSource(value = TripOn.class, names = "ADAPTIVE", mode = EnumSource.Mode.EXCLUDE)
        void thousandsOfRoundsFromOpenToHalfOpenNeedNoStack(TripOn tripOn) {
            test.tune(s -> s.tripOn(tripOn).minimumCalls(1).openMillis(0).failureThreshold(1));
            test.fail(5_000);
            assertThat(test.breaker.snapshot().failures()).isEqualTo(5_000);
            assertThat(test.breaker.snapshot().opened()).isEqualTo(5_000);
            assertThatTwoTrialsAreAdmitted();
        }
    }

    @Nested
    class AWrongTransition {
        private final TestBreaker test = new TestBreaker(s ->
                s.failureThreshold(2).halfOpenMaxCalls(2).successThreshold(2).openMillis(1_000));

        @ParameterizedTest
        // AdaptiveBreakerTest has the same for ADAPTIVE, whose trials differ
        @EnumSource(value = TripOn.class, names = "ADAPTIVE", mode = EnumSource.Mode.EXCLUDE)
        void callsAdmittedWhileClosedDecideNothingInAnyLaterPeriod(TripOn tripOn) {
            test.tune(s -> s.tripOn(tripOn).minimumCalls(2));
            List<TestBreaker.Call> old = List.of(test.call(), test.call(), test.call(), test.call());
            test.fail(2);
            old.get(0).succeeded();
            assertThat(test.state()).isEqualTo(CircuitState.OPEN);
            test.time.advanceMillis(1_000);
            TestBreaker.Call trial = test.call();
            old.get(1).failed();
            old.get(2).succeeded();
            assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
            assertThat(test.breaker.snapshot().trialsInFlight()).isEqualTo(1);
            trial.succeeded();
            test.succeed();
            old.get(3).failed();
            BreakerSnapshot snapshot = test.breaker.snapshot();
            assertThat(snapshot.state()).isEqualTo(CircuitState.CLOSED);
            assertThat(snapshot.consecutiveFailures()).isZero();
            assertThat(snapshot.windowOutcomes()).isZero();
            assertThat(snapshot.lateOutcomes()).isEqualTo(4);
            assertThat(snapshot.successes()).isEqualTo(4);
            assertThat(snapshot.failures()).isEqualTo(4);
        }

        @ParameterizedTest
        @EnumSource(BreakerMode.class)
        void whatIsShownAndWhatCallersGetAgreeAfterALateSuccess(BreakerMode mode) {
            TestBreaker.Call late = test.call();
            test.fail(2);
            test.breaker.setMode(mode, null, "test");
            CircuitState before = test.state();
            late.succeeded();
            assertThat(test.state()).isEqualTo(before);
            if (before == CircuitState.OPEN && mode != BreakerMode.OBSERVING) {
                assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
            } else {
                assertThatCode(test::call).doesNotThrowAnyException();
            }
        }

        @ParameterizedTest
        @EnumSource(BreakerMode.class)
        void settingThePresentModeAndSettingsReportsNothing(BreakerMode mode) {
            test.breaker.setMode(mode, null, "test");
            int transitions = test.transitions.size();
            Map<String, Object> before = TestBreaker.shown(test.breaker.snapshot());
            test.breaker.setMode(mode, null, "test");
            test.breaker.update(settings -> settings);
            assertThat(test.transitions).hasSize(transitions);
            assertThat(TestBreaker.shown(test.breaker.snapshot())).isEqualTo(before);
        }

        @Test
        void noTrialIsAdmittedRightAfterOpening() {
            for (int i = 0; i < 100; i++) {
                test.fail(2);
                assertThat(test.breaker.snapshot().openRemainingMillis()).isEqualTo(1_000);
                assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
                test.time.advanceMillis(1_000);
                test.succeed(2);
            }
        }

        @ParameterizedTest
        // AdaptiveBreakerTest has the same for ADAPTIVE, whose trials differ
        @EnumSource(value = TripOn.class, names = "ADAPTIVE", mode = EnumSource.Mode.EXCLUDE)
        void theFirstSuccessfulTrialDoesNotOpenAgainForOldFailures(TripOn tripOn) {
            test.tune(s -> s.tripOn(tripOn).minimumCalls(2));
            test.fail(2);
            test.time.advanceMillis(1_000);
            test.succeed();
            assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
            test.succeed();
            assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
            test.fail();
            test.succeed();
            assertThat(test.breaker.snapshot().opened()).isEqualTo(tripOn == TripOn.CONSECUTIVE_FAILURES ? 1 : 2);
        }
    }

    @Nested
    class CountersAndWindows {
        @ParameterizedTest
        @EnumSource(
                value = TripOn.class,
                names = {"CALL_WINDOW", "TIME_WINDOW"})
        void aWallClockSetBackOrAheadBreaksNoWindow(TripOn tripOn) {
            TestBreaker test = new TestBreaker(s -> s.tripOn(tripOn).minimumCalls(100));
            for (long step : new long[] {-86_400_000, 86_400_000, -1, 1}) {
                test.fail();
                test.time.stepWallClock(step);
                test.succeed();
            }
            BreakerSnapshot snapshot = test.breaker.snapshot();
            assertThat(snapshot.windowOutcomes()).isEqualTo(8);
            assertThat(snapshot.windowFailures()).isEqualTo(4);
            assertThat(snapshot.state()).isEqualTo(CircuitState.CLOSED);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 63, 64, 65, 1_000_000})
        void aWindowOfOneOfTwoAndOfTheLargestSizeAllWork(int size) {
            TestBreaker test = new TestBreaker(s -> s.tripOn(TripOn.CALL_WINDOW)
                    .windowCalls(size)
                    .minimumCalls(size)
                    .failureRateThresholdPercent(1));
            test.succeed(size);
            assertThat(test.breaker.snapshot().windowOutcomes()).isEqualTo(size);
            int failures = (size + 99) / 100;
            test.fail(failures - 1);
            assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
            assertThat(test.breaker.snapshot().windowFailures()).isEqualTo(failures - 1);
            test.fail();
            assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        }

        @Test
        void aWindowOfNothingIsRefused() {
            assertThatThrownBy(() -> BreakerSettings.builder().windowCalls(0).build())
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("windowCalls");
            assertThatThrownBy(() -> BreakerSettings.builder().windowMillis(0).build())
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("windowMillis");
        }

        @ParameterizedTest
        @EnumSource(TripOn.class)
        void oneCallIsNeverASuccessAndAFailure(TripOn tripOn) {
            TestBreaker test = new TestBreaker(s -> s.tripOn(tripOn).slowCallMillis(10));
            TestBreaker.Call slowFailure = test.call();
            test.time.advanceMillis(11);
            slowFailure.failed();
            BreakerSnapshot snapshot = test.breaker.snapshot();
            assertThat(snapshot.failures()).isEqualTo(1);
            assertThat(snapshot.slowCalls()).isEqualTo(1);
            assertThat(snapshot.successes()).isZero();
            assertThat(snapshot.calls()).isEqualTo(1);
            assertThat(snapshot.windowOutcomes()).isEqualTo(tripOn == TripOn.CONSECUTIVE_FAILURES ? 0 : 1);
        }

        @ParameterizedTest
        @EnumSource(TripOn.class)
        void noMoreCallsPassThanTheThresholdAllows(TripOn tripOn) {
            TestBreaker test =
                    new TestBreaker(s -> s.tripOn(tripOn).failureThreshold(20).minimumCalls(20));
            test.fail(20);
            for (int i = 0; i < 100_000; i++) {
                assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
            }
            assertThat(test.breaker.snapshot().failures()).isEqualTo(20);
        }
    }
}
