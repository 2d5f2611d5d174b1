// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.settings.CallTimer;
import io.switchgear.settings.TripOn;
import io.switchgear.status.CircuitState;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A closed breaker counts a failure that passes several of its calls once. */
class CallsWithinCallsTest {
    private final TestBreaker test = new TestBreaker(s -> s);

    /** Runs an action under a number of calls of the breaker, one within the other. */
    static Object nested(Breaker breaker, int levels, Callable<?> action) throws Exception {
        return levels == 0 ? action.call() : breaker.call(() -> nested(breaker, levels - 1, action));
    }

    /** Makes a call that must throw. */
    static void fails(Callable<?> call) {
        assertThatThrownBy(call::call).isNotNull();
    }

    static Callable<?> failing(Exception failure) {
        return () -> {
            throw failure;
        };
    }

    private long failures() {
        return test.breaker.snapshot().failures();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void aFailureThatPassesSeveralLevelsCountsOnce(int levels) {
        IOException failure = new IOException("broken");
        assertThatThrownBy(() -> nested(test.breaker, levels, failing(failure))).isSameAs(failure);
        assertThat(failures()).isEqualTo(1);
        assertThat(test.breaker.snapshot().consecutiveFailures()).isEqualTo(1);
        assertThat(test.breaker.snapshot().ignored()).isEqualTo(levels - 1);
    }

    @Test
    void asManyRequestsFailAsTheThresholdSays() {
        for (int request = 1; request <= 5; request++) {
            assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
            fails(() -> nested(test.breaker, 3, failing(new IOException("broken"))));
        }
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void callsInSequenceThatThrowOneSharedExceptionCountEach() {
        IOException shared = new IOException("shared");
        for (int i = 0; i < 4; i++) {
            fails(() -> test.breaker.call(failing(shared)));
        }
        assertThat(failures()).isEqualTo(4);
        fails(() -> nested(test.breaker, 2, failing(shared)));
        assertThat(failures()).isEqualTo(5);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void innerCallsInSequenceThatThrowOneSharedExceptionCountEach() {
        IOException shared = new IOException("shared");
        fails(() -> test.breaker.call(() -> {
            fails(() -> test.breaker.call(failing(shared)));
            fails(() -> test.breaker.call(failing(shared)));
            throw shared;
        }));
        assertThat(failures()).isEqualTo(2);
    }

    @Test
    void anotherFailureOfTheOuterCallCounts() {
        fails(() -> test.breaker.call(() -> {
            fails(() -> test.breaker.call(failing(new IOException("inner"))));
            throw new IllegalStateException("outer");
        }));
        assertThat(failures()).isEqualTo(2);
    }

    @Test
    void aWrappedFailureCountsOnce() {
        fails(() -> test.breaker.call(() -> {
            try {
                return nested(test.breaker, 2, failing(new IOException("inner")));
            } catch (IOException inner) {
                throw new IllegalStateException(new RuntimeException(inner));
            }
        }));
        assertThat(failures()).isEqualTo(1);
    }

    @Test
    void aChainOfCausesThatNeverEndsIsFollowedAFewStepsOnly() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);
        fails(() -> test.breaker.call(() -> {
            fails(() -> test.breaker.call(failing(new IOException("inner"))));
            throw first;
        }));
        assertThat(failures()).isEqualTo(2);
    }

    @Test
    void anExceptionWhoseCauseCannotBeReadIsAFailure() {
        class Hostile extends Exception {
            private static final long serialVersionUID = 1;

            @Override
            public synchronized Throwable getCause() {
                throw new UnsupportedOperationException();
            }
        }
        fails(() -> test.breaker.call(() -> {
            fails(() -> test.breaker.call(failing(new IOException("inner"))));
            throw new Hostile();
        }));
        assertThat(failures()).isEqualTo(2);
    }

    @Test
    void aFailureThatPassesTwoBreakersInTurnCountsOnceForEach() {
        TestBreaker other = new TestBreaker(s -> s);
        fails(() -> test.breaker.call(() -> other.breaker.call(
                () -> test.breaker.call(() -> nested(other.breaker, 2, failing(new IOException("broken")))))));
        assertThat(failures()).isEqualTo(1);
        assertThat(other.breaker.snapshot().failures()).isEqualTo(1);
    }

    @Test
    void aFailureThatPassesManyBreakersCountsOnceForEach() {
        List<TestBreaker> others =
                Stream.generate(() -> new TestBreaker(s -> s)).limit(6).toList();
        Callable<?> action = failing(new IOException("broken"));
        for (int round = 0; round < 2; round++) {
            for (TestBreaker each : others) {
                Callable<?> inner = action;
                action = () -> each.breaker.call(inner);
            }
        }
        Callable<?> all = action;
        fails(all);
        assertThat(others)
                .allSatisfy(
                        each -> assertThat(each.breaker.snapshot().failures()).isEqualTo(1));
    }

    @Test
    void aRefusedResultThatPassesSeveralLevelsCountsOnce() throws Exception {
        TestBreaker refusing =
                new TestBreaker(s -> s, new FailureRule(List.of(Throwable.class), List.of(), "busy"::equals));
        nested(refusing.breaker, 3, () -> "busy");
        assertThat(refusing.breaker.snapshot().failures()).isEqualTo(1);
        refusing.breaker.call(() -> "busy");
        assertThat(refusing.breaker.snapshot().failures()).isEqualTo(2);
    }

    @Test
    void eachLevelThatSucceedsIsASuccess() throws Exception {
        assertThat(nested(test.breaker, 3, () -> "fine")).isEqualTo("fine");
        assertThat(test.breaker.snapshot().successes()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"OFF,0", "ON,0", "OFF,1000", "ON,1000"})
    void timedCallsCountAFailureOnceToo(CallTimer timer, long slowCallMillis) {
        TestBreaker timed = new TestBreaker(s -> s.callTimer(timer).slowCallMillis(slowCallMillis));
        fails(() -> nested(timed.breaker, 3, () -> {
            timed.time.advanceMillis(1);
            throw new IOException("broken");
        }));
        assertThat(timed.breaker.snapshot().failures()).isEqualTo(1);
        IOException shared = new IOException("shared");
        for (int i = 0; i < 2; i++) {
            fails(() -> timed.breaker.call(failing(shared)));
        }
        assertThat(timed.breaker.snapshot().failures()).isEqualTo(3);
    }

    @Test
    void windowsCountAFailureOnceToo() {
        test.tune(s -> s.tripOn(TripOn.CALL_WINDOW).windowCalls(10).minimumCalls(4));
        for (int request = 1; request <= 3; request++) {
            fails(() -> nested(test.breaker, 3, failing(new IOException("broken"))));
        }
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        fails(() -> nested(test.breaker, 3, failing(new IOException("broken"))));
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aSlowRequestIsSlowOnce() throws Exception {
        test.tune(s -> s.slowCallMillis(100).failureThreshold(2));
        nested(test.breaker, 3, () -> {
            test.time.advanceMillis(200);
            return "late";
        });
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(test.breaker.snapshot().callsInFlight()).isZero();
        assertThat(test.breaker.snapshot().oldestCallMillis()).isLessThanOrEqualTo(0);
        nested(test.breaker, 1, () -> {
            test.time.advanceMillis(200);
            return "late";
        });
        assertThat(test.breaker.snapshot().slowSuccesses()).isEqualTo(4);
    }

    @Test
    void anOwnRejectionIsNeitherEvenIfTheRuleNamesIt() {
        TestBreaker strict =
                new TestBreaker(s -> s, new FailureRule(List.of(CircuitOpenException.class), List.of(), null));
        fails(() -> strict.breaker.call(() -> {
            strict.breaker.forceOpen("maintenance");
            try {
                return strict.breaker.call(() -> "never");
            } finally {
                strict.breaker.reset();
            }
        }));
        assertThat(strict.breaker.snapshot().failures()).isZero();
        assertThat(strict.breaker.snapshot().ignored()).isEqualTo(1);
    }

    @Test
    void pendingStagesThatFailWithOneSharedExceptionCountEach() {
        List<CompletableFuture<Object>> pending = List.of(new CompletableFuture<>(), new CompletableFuture<>());
        assertThat(pending)
                .allSatisfy(each ->
                        assertThat(test.breaker.<Object>callAsync(() -> each)).isSameAs(each));
        IOException connectionLost = new IOException("connection lost");
        pending.forEach(each -> each.completeExceptionally(connectionLost));
        assertThat(failures()).isEqualTo(2);
    }

    @Test
    void aResetBetweenTheLevelsMakesTheOuterOutcomeLate() {
        fails(() -> test.breaker.call(() -> {
            test.breaker.reset();
            return test.breaker.call(failing(new IOException("broken")));
        }));
        assertThat(failures()).isEqualTo(1);
        assertThat(test.breaker.snapshot().consecutiveFailures()).isEqualTo(1);
    }
}
