// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** How a breaker records calls that return a stage or a future. */
class AsynchronousCallTest {
    private final TestBreaker test =
            new TestBreaker(s -> s.failureThreshold(1).successThreshold(1).halfOpenMaxCalls(1));

    @Test
    void isJudgedOnCompletion() {
        CompletableFuture<String> result = new CompletableFuture<>();
        assertThat(test.breaker.callAsync(() -> result)).isSameAs(result);
        assertThat(test.breaker.snapshot().callsInFlight()).isEqualTo(1);
        result.completeExceptionally(new IOException());
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.breaker.snapshot().lastFailure()).isEqualTo("java.io.IOException");
    }

    @Test
    void aFailureIsSeenThroughItsWrapper() {
        CompletableFuture<String> result = new CompletableFuture<>();
        assertThat(test.breaker.callAsync(() -> result.thenApply(String::strip)))
                .isNotNull();
        result.completeExceptionally(new IOException());
        assertThat(test.breaker.snapshot().lastFailure()).isEqualTo("java.io.IOException");
    }

    @Test
    void aCancelledTrialGivesItsPermitBack() {
        test.untilHalfOpen();
        CompletableFuture<String> result = new CompletableFuture<>();
        assertThat(test.breaker.callAsync(() -> result)).isSameAs(result);
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        result.cancel(true);
        BreakerSnapshot snapshot = test.breaker.snapshot();
        assertThat(snapshot.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(snapshot.ignored()).isEqualTo(1);
        assertThat(snapshot.trialsInFlight()).isZero();
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aRejectionIsAFailedStage() {
        test.fail();
        CompletionStage<String> rejected = test.breaker.callAsync(() -> CompletableFuture.completedFuture("ran"));
        assertThatThrownBy(() -> rejected.toCompletableFuture().get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CircuitOpenException.class);
    }

    @Test
    void anExceptionBeforeThereIsAStageIsAFailure() {
        CompletionStage<String> failed = test.breaker.callAsync(() -> {
            throw new IllegalStateException("no stage");
        });
        assertThatThrownBy(() -> failed.toCompletableFuture().get()).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void noStageAtAllIsOneWithoutAValue() {
        assertThat(test.breaker.<String>callAsync(() -> null)).isCompletedWithValue(null);
        assertThat(test.breaker.snapshot().successes()).isEqualTo(1);
    }

    @Test
    void aFutureThatIsDoneIsJudgedByItsOutcome() throws Exception {
        FutureTask<String> failed = new FutureTask<>(() -> {
            throw new IOException();
        });
        failed.run();
        Future<String> returned = test.breaker.<Future<String>, Future<String>>callAsync(future -> future, failed);
        assertThat(returned).isSameAs(failed);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aFutureInNameOnlyAsThatOfAnAsynchronousSessionBeanIsASuccess() throws Exception {
        Future<String> holder = new jakarta.ejb.AsyncResult<>("value");
        Future<String> returned = test.breaker.<Future<String>, Future<String>>callAsync(future -> future, holder);
        assertThat(returned).isSameAs(holder);
        assertThat(test.breaker.snapshot().successes()).isEqualTo(1);
        assertThat(test.breaker.snapshot().callsInFlight()).isZero();
    }

    @Test
    void thePredicateSeesWhatAFutureHolds() throws Exception {
        TestBreaker picky = new TestBreaker(
                s -> s.failureThreshold(1), new FailureRule(List.of(Throwable.class), List.of(), "empty"::equals));
        Future<String> holder = new jakarta.ejb.AsyncResult<>("empty");
        assertThat(picky.breaker.<Future<String>, Future<String>>callAsync(future -> future, holder))
                .isSameAs(holder);
        assertThat(picky.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aFutureThatIsNotDoneIsNeitherSuccessNorFailure() throws Exception {
        FutureTask<String> pending = new FutureTask<>(() -> "later");
        assertThat(test.breaker.<Future<String>, Future<String>>callAsync(future -> future, pending))
                .isSameAs(pending);
        assertThat(test.breaker.snapshot().ignored()).isEqualTo(1);
        assertThat(test.breaker.snapshot().callsInFlight()).isZero();
    }

    private static Future<String> done(Exception thrownByGet) {
        return new FutureTask<>(() -> "unused") {
            @Override
            public boolean isDone() {
                return true;
            }

            @Override
            public String get() throws InterruptedException, ExecutionException {
                if (thrownByGet instanceof InterruptedException interrupted) {
                    throw interrupted;
                }
                throw (ExecutionException) thrownByGet;
            }
        };
    }

    @Test
    void aCancelledFutureIsNeitherSuccessNorFailure() throws Exception {
        Future<String> cancelled = new FutureTask<>(() -> "never");
        cancelled.cancel(false);
        test.breaker.<Future<String>, Future<String>>callAsync(future -> future, cancelled);
        assertThat(test.breaker.snapshot().ignored()).isEqualTo(1);
        assertThat(test.breaker.snapshot().callsInFlight()).isZero();
    }

    @Test
    void aThreadInterruptedAtAFutureStaysInterruptedAndTheCallIsOver() throws Exception {
        Future<String> future = done(new InterruptedException());
        test.breaker.<Future<String>, Future<String>>callAsync(same -> same, future);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(test.breaker.snapshot().ignored()).isEqualTo(1);
        assertThat(test.breaker.snapshot().callsInFlight()).isZero();
    }

    @Test
    void aFutureIsJudgedByTheCauseOfItsFailureIfThereIsOne() throws Exception {
        TestBreaker picky = new TestBreaker(s -> s, new FailureRule(List.of(IOException.class), List.of()));
        Future<String> broken = done(new ExecutionException(new IOException("broken")));
        picky.breaker.<Future<String>, Future<String>>callAsync(future -> future, broken);
        assertThat(picky.breaker.snapshot().lastFailure()).isEqualTo("java.io.IOException");
        Future<String> causeless = done(new ExecutionException("without a cause", null));
        picky.breaker.<Future<String>, Future<String>>callAsync(future -> future, causeless);
        assertThat(picky.breaker.snapshot().successes()).isEqualTo(1);
        assertThat(picky.breaker.snapshot().failures()).isEqualTo(1);
    }
}
