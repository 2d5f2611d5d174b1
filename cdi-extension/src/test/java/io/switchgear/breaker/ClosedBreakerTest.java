// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a closed breaker counts outcomes and opens at consecutive failures. */
class ClosedBreakerTest {
    private final TestBreaker test = new TestBreaker(s -> s.failureThreshold(3).openMillis(1_000));

    @Test
    void opensAtTheThresholdAndNotBefore() {
        test.fail(2);
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        test.fail();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void failuresWithASuccessBetweenNeverAddUp() {
        for (int day = 0; day < 100; day++) {
            test.fail(2);
            test.succeed();
            test.time.advanceMillis(86_400_000);
        }
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void rejectsWithoutRunningTheCallWhileOpen() {
        test.fail(3);
        assertThatThrownBy(() -> test.breaker.run(() -> {
                    throw new AssertionError("must not run");
                }))
                .isInstanceOfSatisfying(CircuitOpenException.class, rejection -> {
                    assertThat(rejection.name()).isEqualTo("test");
                    assertThat(rejection.state()).isEqualTo(CircuitState.OPEN);
                    assertThat(rejection.openRemainingMillis()).isEqualTo(1_000);
                    assertThat(rejection.lastFailure()).isEqualTo("java.io.IOException");
                    assertThat(rejection.getStackTrace()).isEmpty();
                    assertThat(rejection)
                            .hasMessage("test is OPEN for another 1000 ms; last failure java.io.IOException");
                });
        assertThat(test.breaker.snapshot().rejected()).isEqualTo(1);
    }

    @Test
    void eachRejectionIsASeparateException() {
        test.fail(3);
        assertThat(rejection()).isNotSameAs(rejection());
    }

    private CircuitOpenException rejection() {
        try {
            test.call();
            throw new AssertionError("admitted");
        } catch (CircuitOpenException rejection) {
            return rejection;
        }
    }

    @Test
    void passesOnResultsAndExceptionsUnchanged() throws Exception {
        assertThat(test.breaker.<String>call(() -> "result")).isEqualTo("result");
        IOException failure = new IOException("broken");
        assertThatThrownBy(() -> test.breaker.call(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
        Error error = new NoClassDefFoundError("gone");
        assertThatThrownBy(() -> test.breaker.run(() -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void countsEachCallOnceAndTheSumIsAllCalls() {
        test.succeed(4);
        test.fail(3);
        assertThatThrownBy(test::succeed).isInstanceOf(CircuitOpenException.class);
        BreakerSnapshot snapshot = test.breaker.snapshot();
        assertThat(snapshot.successes()).isEqualTo(4);
        assertThat(snapshot.failures()).isEqualTo(3);
        assertThat(snapshot.rejected()).isEqualTo(1);
        assertThat(snapshot.calls()).isEqualTo(8);
        assertThat(snapshot.opened()).isEqualTo(1);
        assertThat(snapshot.callsInFlight()).isZero();
    }

    @Test
    void showsCallsInFlight() {
        TestBreaker.Call one = test.call();
        TestBreaker.Call two = test.call();
        assertThat(test.breaker.snapshot().callsInFlight()).isEqualTo(2);
        one.succeeded();
        two.ignored();
        assertThat(test.breaker.snapshot().callsInFlight()).isZero();
    }

    @Test
    void skipOnWinsAndWhatIsInNeitherListIsASuccess() {
        TestBreaker picky = new TestBreaker(
                s -> s.failureThreshold(2),
                new FailureRule(List.of(IOException.class), List.of(java.io.FileNotFoundException.class)));
        picky.fail();
        picky.call().threw(new java.io.FileNotFoundException());
        assertThat(picky.breaker.snapshot().consecutiveFailures()).isEqualTo(1);
        assertThat(picky.breaker.snapshot().ignored()).isEqualTo(1);
        picky.call().threw(new IllegalStateException());
        assertThat(picky.breaker.snapshot().consecutiveFailures()).isZero();
        assertThat(picky.breaker.snapshot().successes()).isEqualTo(1);
    }

    @Test
    void interruptionAndCancellationAreNeitherSuccessNorFailure() {
        test.fail(2);
        test.call().threw(new InterruptedException());
        test.call().threw(new CancellationException());
        BreakerSnapshot snapshot = test.breaker.snapshot();
        assertThat(snapshot.ignored()).isEqualTo(2);
        assertThat(snapshot.consecutiveFailures()).isEqualTo(2);
    }

    @Test
    void aLateOutcomeIsCountedAndDecidesNothing() {
        TestBreaker.Call slowFailure = test.call();
        TestBreaker.Call slowSuccess = test.call();
        test.fail(3);
        test.time.advanceMillis(1_000);
        TestBreaker.Call trial = test.call();
        slowFailure.threw(new UncheckedIOException(new IOException()));
        slowSuccess.succeeded();
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(test.breaker.snapshot().lateOutcomes()).isEqualTo(2);
        assertThat(test.breaker.snapshot().trialsInFlight()).isEqualTo(1);
        trial.succeeded();
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
    }

    @Test
    void aLateOutcomeOfAnEarlierClosedPeriodDecidesNothing() {
        TestBreaker.Call fromBefore = test.call();
        test.fail(3);
        test.breaker.reset();
        test.fail(2);
        fromBefore.threw(new IOException());
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(test.breaker.snapshot().consecutiveFailures()).isEqualTo(2);
    }

    @Test
    void reportsEachTransitionOnceWithItsCause() {
        test.fail(3);
        test.time.advanceMillis(1_000);
        test.succeed(3);
        assertThat(test.transitions)
                .extracting(CircuitTransition::number, CircuitTransition::from, CircuitTransition::to)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, CircuitState.CLOSED, CircuitState.OPEN),
                        org.assertj.core.groups.Tuple.tuple(2L, CircuitState.OPEN, CircuitState.HALF_OPEN),
                        org.assertj.core.groups.Tuple.tuple(3L, CircuitState.HALF_OPEN, CircuitState.CLOSED));
        assertThat(test.transitions.get(0).why())
                .isEqualTo("3 consecutive failures (threshold 3), the last with java.io.IOException");
        assertThat(test.transitions.get(0).mode()).isEqualTo(BreakerMode.AUTOMATIC);
        assertThat(test.breaker.snapshot().lastTrip())
                .isEqualTo(test.transitions.get(0).why());
    }

    @Test
    void aThrowingListenerHarmsNothing() {
        Breaker breaker =
                new Breaker("test", BreakerSettings.defaults(), FailureRule.ANY, test.time, test.time, transition -> {
                    throw new IllegalStateException("listener");
                });
        try (RecordedLog log = new RecordedLog()) {
            for (int i = 0; i < 5; i++) {
                breaker.acquire().threw(new IOException(), 0);
            }
            assertThat(log.lines()).singleElement().asString().contains("listener");
        }
        assertThat(breaker.snapshot().state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aRunnableThatReturnsIsASuccess() {
        test.breaker.run(() -> {});
        assertThat(test.breaker.snapshot().successes()).isEqualTo(1);
        assertThat(test.breaker.snapshot().callsInFlight()).isZero();
        assertThat(test.breaker.failureRule()).isSameAs(FailureRule.ANY);
    }

    @Test
    void aResultCanBeAFailure() throws Exception {
        Predicate<Object> serverError = result -> (Integer) result >= 500;
        TestBreaker test = new TestBreaker(
                s -> s.failureThreshold(1), new FailureRule(List.of(Throwable.class), List.of(), serverError));
        assertThat(test.breaker.<Integer>call(() -> 200)).isEqualTo(200);
        assertThat(test.breaker.<Integer>call(() -> 503)).isEqualTo(503);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.breaker.snapshot().failures()).isEqualTo(1);
        assertThat(test.breaker.snapshot().successes()).isEqualTo(1);
    }

    @Test
    void theLastFailureIsTheLastOneAlsoWhenItIsLikeTheOneBefore() {
        TestBreaker test =
                new TestBreaker(s -> s, new FailureRule(List.of(Throwable.class), List.of(), "refused"::equals));
        test.fail();
        test.time.advanceMillis(1_000);
        test.call().returned("refused");
        assertThat(test.breaker.snapshot().lastFailure()).startsWith("result refused by ");
        test.time.advanceMillis(1_000);
        test.call().returned("refused");
        assertThat(test.breaker.snapshot().lastFailure()).startsWith("result refused by ");
        assertThat(test.breaker.snapshot().lastFailureTime()).isEqualTo(test.time.instant());
    }

    @SuppressWarnings("unchecked") // throws any exception, as languages without checked exceptions do
    private static <X extends Throwable> void throwUndeclared(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, IOException.class, OutOfMemoryError.class})
    void aPredicateThatThrowsHarmsNothing(Class<? extends Throwable> type) throws Exception {
        Throwable thrown = type.getConstructor(String.class).newInstance("predicate");
        Predicate<Object> broken = result -> {
            ClosedBreakerTest.<RuntimeException>throwUndeclared(thrown);
            return false;
        };
        TestBreaker test = new TestBreaker(
                s -> s.halfOpenMaxCalls(1), new FailureRule(List.of(Throwable.class), List.of(), broken));
        test.untilHalfOpen();
        try (RecordedLog log = new RecordedLog()) {
            for (int i = 0; i < 3; i++) {
                assertThat(test.breaker.<String>call(() -> "result")).isEqualTo("result");
            }
            assertThat(log.lines()).singleElement().asString().contains("SGR0014: test: ");
        }
        assertThat(test.breaker.snapshot().ignored()).isEqualTo(3);
        assertThat(test.breaker.snapshot().trialsInFlight()).isZero();
    }
}
