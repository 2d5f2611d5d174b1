// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FailureRule;
import io.switchgear.status.CircuitState;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** A call in code is judged by the object that it returns, and a mistake of the caller by nothing. */
@SuppressWarnings("FutureReturnValueIgnored") // what matters of a future is looked at
class ReturnedObjectTest {
    private final TestBreaker test = new TestBreaker(s -> s.failureThreshold(1));

    @Test
    void aStageThatACallReturnsIsJudgedWhenItCompletes() throws Exception {
        CompletableFuture<String> stage = new CompletableFuture<>();
        assertThat(test.breaker.<Object>call(() -> stage)).isSameAs(stage);
        assertThat(test.breaker.snapshot()).returns(1L, s -> s.callsInFlight()).returns(0L, s -> s.successes());
        stage.completeExceptionally(new IOException());
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aFutureThatACallReturnsIsJudgedAtOnce() throws Exception {
        FutureTask<String> pending = new FutureTask<>(() -> "later");
        test.breaker.<Object>call(() -> pending);
        assertThat(test.breaker.snapshot().ignored()).isEqualTo(1);
        FutureTask<String> failed = new FutureTask<>(() -> {
            throw new IOException();
        });
        failed.run();
        test.breaker.<Object>call(() -> failed);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aStageThatRefusesAnObserverIsAFailureAndGivesThePermitBack() {
        CompletionStage<String> broken = new CompletableFuture<>() {
            @Override
            public CompletableFuture<String> whenComplete(
                    java.util.function.BiConsumer<? super String, ? super Throwable> action) {
                throw new UnsupportedOperationException("no observers");
            }
        };
        assertThatThrownBy(() -> test.breaker.<Object>call(() -> broken))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(test.breaker.snapshot()).returns(1L, s -> s.failures()).returns(0L, s -> s.callsInFlight());
    }

    @Test
    void aCancelledFutureIsAFailureIfCancellationsAreNamed() throws Exception {
        TestBreaker strict = new TestBreaker(
                s -> s.failureThreshold(1), new FailureRule(List.of(CancellationException.class), List.of()));
        FutureTask<String> cancelled = new FutureTask<>(() -> "never");
        cancelled.cancel(false);
        strict.breaker.<Object>call(() -> cancelled);
        assertThat(strict.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void noActionIsRefusedAndNotCounted() {
        assertThatThrownBy(() -> test.breaker.call(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> test.breaker.run(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> test.breaker.callAsync(null)).isInstanceOf(NullPointerException.class);
        assertThat(test.breaker.snapshot()).returns(0L, s -> s.calls()).returns(CircuitState.CLOSED, s -> s.state());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X undeclared(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @Test
    void aCheckedExceptionThatIsNotDeclaredReachesTheCallerUnchanged() {
        IOException thrown = new IOException("of Kotlin");
        assertThatThrownBy(() -> test.breaker.run(() -> {
                    throw ReturnedObjectTest.<RuntimeException>undeclared(thrown);
                }))
                .isSameAs(thrown);
        assertThat(test.breaker.snapshot().failures()).isEqualTo(1);
        test.breaker.reset();
        CompletionStage<Object> failed = test.breaker.callAsync(() -> {
            throw ReturnedObjectTest.<RuntimeException>undeclared(thrown);
        });
        assertThatThrownBy(() -> failed.toCompletableFuture().get())
                .isInstanceOf(ExecutionException.class)
                .hasCause(thrown);
        assertThat(test.breaker.snapshot().failures()).isEqualTo(2);
    }

    @Test
    void theRejectionOfABreakerInsideDoesNotOpenTheOneAround() {
        TestBreaker inner = new TestBreaker(s -> s);
        inner.breaker.forceOpen("tonight");
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> test.breaker.run(() -> inner.breaker.run(() -> {})))
                    .isInstanceOf(io.switchgear.CircuitOpenException.class);
        }
        assertThat(test.breaker.snapshot())
                .returns(CircuitState.CLOSED, s -> s.state())
                .returns(10L, s -> s.ignored());
    }
}
