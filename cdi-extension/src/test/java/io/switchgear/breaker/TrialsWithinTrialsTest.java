// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static io.switchgear.breaker.CallsWithinCallsTest.failing;
import static io.switchgear.breaker.CallsWithinCallsTest.fails;
import static io.switchgear.breaker.CallsWithinCallsTest.nested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.RejectionReason;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls within a trial, on its thread, are part of the trial. */
class TrialsWithinTrialsTest {
    private final TestBreaker test = new TestBreaker(s -> s.halfOpenMaxCalls(1).successThreshold(1));

    private void becomeHalfOpen() {
        test.untilHalfOpen();
    }

    private Callable<?> rejection() {
        return () -> {
            throw new CircuitOpenException(
                    "test",
                    CircuitState.HALF_OPEN,
                    0,
                    null,
                    test.breaker.snapshot().mode(),
                    "");
        };
    }

    @ParameterizedTest
    @CsvSource({"3,3,4", "1,1,2", "1,2,7"})
    void requestsThatNestCloseTheBreaker(int places, int successes, int levels) throws Exception {
        test.tune(s -> s.halfOpenMaxCalls(places).successThreshold(successes));
        becomeHalfOpen();
        for (int request = 1; request <= successes; request++) {
            assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
            assertThat(nested(test.breaker, levels, () -> "fine")).isEqualTo("fine");
        }
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(test.breaker.snapshot().successes()).isEqualTo((long) successes * levels);
    }

    @Test
    void aTrialWithCallsWithinFailsAsOne() {
        becomeHalfOpen();
        fails(() -> nested(test.breaker, 3, failing(new IOException("broken"))));
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        BreakerSnapshot shown = test.breaker.snapshot();
        assertThat(shown.failures()).isEqualTo(1);
        assertThat(shown.ignored()).isEqualTo(2);
        assertThat(shown.lateOutcomes()).isZero();
    }

    @Test
    void aFailureThatTheTrialHandlesDecidesNothing() throws Exception {
        becomeHalfOpen();
        test.breaker.call(() -> {
            fails(() -> test.breaker.call(failing(new IOException("broken"))));
            return "handled";
        });
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void anotherThreadIsNotWithinTheTrial() throws Exception {
        becomeHalfOpen();
        test.breaker.call(() -> {
            assertThatThrownBy(() -> elsewhere(() -> test.breaker.call(() -> "never")))
                    .hasCauseInstanceOf(CircuitOpenException.class);
            return "fine";
        });
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(test.breaker.snapshot().rejectedByReason()).containsEntry(RejectionReason.TRIALS_TAKEN, 1L);
    }

    private static Object elsewhere(Callable<?> action) throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            return other.submit(action).get();
        } finally {
            other.shutdown();
        }
    }

    @Test
    void theOwnRejectionOnAnotherThreadDoesNotFailTheTrial() throws Exception {
        becomeHalfOpen();
        assertThatThrownBy(() -> test.breaker.call(() -> elsewhere(() -> test.breaker.call(() -> "never"))))
                .isInstanceOf(ExecutionException.class);
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(test.breaker.snapshot().trialsInFlight()).isZero();
        test.breaker.call(() -> "fine");
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aPlaceForEachThreadOfARequestClosesTheBreaker() throws Exception {
        test.tune(s -> s.halfOpenMaxCalls(2).successThreshold(2));
        becomeHalfOpen();
        test.breaker.call(() -> elsewhere(() -> test.breaker.call(() -> "fine")));
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void theOwnRejectionIsIgnoredWhateverTheRuleSays() {
        TestBreaker strict = new TestBreaker(
                s -> s.halfOpenMaxCalls(1).successThreshold(1),
                new FailureRule(List.of(CircuitOpenException.class, Exception.class), List.of()));
        strict.untilHalfOpen();
        fails(() -> strict.breaker.call(rejection()));
        fails(() -> strict.breaker.call(() -> {
            throw new IllegalStateException(catching(rejection()));
        }));
        assertThat(strict.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(strict.breaker.snapshot().ignored()).isEqualTo(2);
    }

    private static Throwable catching(Callable<?> action) {
        try {
            return new AssertionError("returned " + action.call());
        } catch (Exception thrown) {
            return thrown;
        }
    }

    @Test
    void aTrialThatTimedOutHasNoCallsWithin() {
        becomeHalfOpen();
        fails(() -> test.breaker.call(() -> {
            test.time.advanceMillis(60_000);
            return test.breaker.call(() -> test.breaker.call(failing(new IOException("broken"))));
        }));
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.breaker.snapshot().failures()).isEqualTo(1);
        assertThat(test.breaker.snapshot().lateOutcomes()).isEqualTo(1);
    }

    @Test
    void aTrialOfAnEarlierEpochHasNoCallsWithin() throws Exception {
        becomeHalfOpen();
        test.breaker.call(() -> {
            becomeHalfOpen();
            nested(test.breaker, 2, () -> "fine");
            assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
            return "late";
        });
        assertThat(test.breaker.snapshot().lateOutcomes()).isEqualTo(1);
    }

    @Test
    void theCallAfterATrialIsATrialAgain() throws Exception {
        test.tune(s -> s.successThreshold(3));
        becomeHalfOpen();
        test.breaker.call(() -> "fine");
        fails(() -> test.breaker.call(failing(new InterruptedException())));
        test.breaker.call(() -> {
            assertThat(test.breaker.snapshot().trialsInFlight()).isEqualTo(1);
            return "fine";
        });
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        test.breaker.call(() -> "fine");
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aThreadThatLeftAnAsynchronousTrialIsNotWithinIt() {
        becomeHalfOpen();
        CompletableFuture<String> pending = new CompletableFuture<>();
        CompletionStage<String> trial = test.breaker.callAsync(() -> pending);
        assertThat(trial).isSameAs(pending);
        assertThatThrownBy(() -> test.breaker.call(() -> "never")).isInstanceOf(CircuitOpenException.class);
        pending.complete("fine");
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void stagesThatNestCloseTheBreaker() {
        becomeHalfOpen();
        CompletableFuture<String> pending = new CompletableFuture<>();
        CompletionStage<String> outer = test.breaker.callAsync(
                () -> test.breaker.callAsync(() -> pending).thenApply(value -> value + "!"));
        pending.complete("fine");
        assertThat(outer).isCompletedWithValue("fine!");
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aPermitThatMayEndAnywhereHasNoCallsWithin() {
        becomeHalfOpen();
        TestBreaker.Call trial = test.call();
        assertThatThrownBy(() -> test.breaker.call(() -> "never")).isInstanceOf(CircuitOpenException.class);
        trial.succeeded();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aPermitTakenWithinATrialIsPartOfIt() throws Exception {
        becomeHalfOpen();
        TestBreaker.Call[] later = new TestBreaker.Call[1];
        test.breaker.call(() -> {
            later[0] = test.call();
            return "fine";
        });
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        later[0].failed();
        assertThat(test.breaker.snapshot().consecutiveFailures()).isZero();
        assertThat(test.breaker.snapshot().callsInFlight()).isZero();
    }

    @Test
    void forcingOpenDuringATrialRejectsTheCallsWithin() {
        becomeHalfOpen();
        fails(() -> test.breaker.call(() -> {
            test.breaker.forceOpen("maintenance");
            return test.breaker.call(() -> "never");
        }));
        assertThat(test.breaker.snapshot().failures()).isZero();
        becomeHalfOpen();
        assertThat(test.breaker.snapshot().trialsInFlight()).isZero();
    }

    @Test
    void anObserverCountsACallWithinATrialAsPartOfIt() throws Exception {
        test.breaker.forceOpen("test");
        test.breaker.observe("watch");
        nested(test.breaker, 3, () -> "fine");
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(test.breaker.snapshot().observedRejected()).isZero();
    }

    @Test
    void anObserverCountsAFailureThatPassesSeveralLevelsOnce() {
        test.breaker.observe("watch");
        test.fail(5);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        long failures = test.breaker.snapshot().failures();
        fails(() -> nested(test.breaker, 3, failing(new IOException("broken"))));
        assertThat(test.breaker.snapshot().failures()).isEqualTo(failures + 1);
    }
}
