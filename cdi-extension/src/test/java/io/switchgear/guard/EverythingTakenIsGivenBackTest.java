// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.switchgear.settings.Setting;
import io.switchgear.time.Scheduler;
import io.switchgear.time.TestScheduler;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After each call, whatever its code throws, no place of the breaker is taken, no retry is paid for that did not begin,
 * and the caller has a result.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what matters of a future is looked at
class EverythingTakenIsGivenBackTest extends CallsThatGiveBack {
    private static class BrokenScheduler extends TestScheduler {
        private final Throwable thrown;

        BrokenScheduler(TestTime time, Throwable thrown) {
            super(time);
            this.thrown = thrown;
        }

        @Override
        public void pause(long nanos) throws InterruptedException {
            throw CallsThatGiveBack.<RuntimeException>sneaky(thrown);
        }

        @Override
        public Executor delayed(long nanos) {
            return task -> {
                throw CallsThatGiveBack.<RuntimeException>sneaky(thrown);
            };
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {InterruptedException.class, IllegalStateException.class, OutOfMemoryError.class})
    void aRetryWhoseWaitEndsEarlyIsNotPaid(Class<? extends Throwable> type) throws Exception {
        Throwable stopped = type.getDeclaredConstructor().newInstance();
        Scheduler broken = new BrokenScheduler(time, stopped);
        Throwable thrown = catchThrowable(() -> pipeline(String.class, null, broken)
                .call(
                        call -> {
                            invocations++;
                            throw down;
                        },
                        "call"));
        assertThat(Thread.interrupted()).isEqualTo(type == InterruptedException.class);
        assertThat(thrown).isSameAs(down).hasSuppressedException(stopped);
        assertBudgetIsWhole();
        assertThat(failureOf(call(CompletableFuture.failedFuture(down), null, broken)))
                .hasCause(down);
        invocations--;
        assertBudgetIsWhole();
    }

    @Test
    void aRetryThatItsCallerNoLongerWantsIsNotPaid() throws Exception {
        CompletableFuture<?> result = call(CompletableFuture.failedFuture(down), null, delay);
        assertThat(retry.snapshot().budgetBalance()).isEqualTo(9);
        result.cancel(true);
        delay.next();
        assertBudgetIsWhole();
    }

    @Test
    void theContextOfTheCallerMayRefuseTheNextAttempt() throws Exception {
        IllegalStateException refused = new IllegalStateException("the application stops");
        CompletableFuture<?> result = call(CompletableFuture.failedFuture(down), null, new TestScheduler(time) {
            @Override
            public Executor currentContext() {
                return task -> {
                    throw refused;
                };
            }

            @Override
            public Executor delayed(long nanos) {
                return delay.delayed(nanos);
            }
        });
        delay.next();
        assertThat(failureOf(result)).hasCause(down);
        assertThat(down).hasSuppressedException(refused);
        assertBudgetIsWhole();
    }

    @Test
    void anExecutorThatRunsAnAttemptTwiceAndThenThrowsStartsOne() throws Exception {
        CompletableFuture<?> result = call(CompletableFuture.failedFuture(down), null, new TestScheduler(time) {
            @Override
            public Executor delayed(long nanos) {
                return task -> {
                    task.run();
                    task.run();
                    throw new IllegalStateException("after the task");
                };
            }
        });
        assertThat(failureOf(result)).hasCause(down);
        assertThat(invocations).isEqualTo(3);
    }

    @SuppressWarnings("OverrideThrowableToString")
    private static final class Hostile extends CompletionException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new StackOverflowError();
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("no cause");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("not compared");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("not hashed");
        }
    }

    @Test
    void anExceptionWhoseMethodsThrowIsAFailureAsAnyOther() throws Exception {
        Hostile hostile = new Hostile();
        CompletableFuture<?> result = call(CompletableFuture.failedFuture(hostile), null, delay);
        delay.next();
        delay.next();
        assertThat(failureOf(result) == hostile).isTrue();
        Suppressed.add(down, hostile);
        Suppressed.add(down, hostile);
        Suppressed.add(down, new Hostile());
        assertThat(down.getSuppressed().length).isEqualTo(2);
    }

    private static final class Circle extends CompletionException {
        private static final long serialVersionUID = 1L;
        private transient Throwable cause;

        @Override
        public synchronized Throwable getCause() {
            return cause;
        }
    }

    @Test
    void causesInACircleAreFollowedToAnEnd() throws Exception {
        Circle outer = new Circle();
        Circle inner = new Circle();
        outer.cause = inner;
        inner.cause = outer;
        CompletableFuture<Object> attempt = new CompletableFuture<>();
        CompletableFuture<?> result = call(attempt, fallback((call, failure, attempts) -> "plan B"), delay);
        attempt.completeExceptionally(outer);
        delay.next();
        delay.next();
        assertThat(result.getNow(null)).isEqualTo("plan B");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {StackOverflowError.class, LinkageError.class, InterruptedException.class, IOException.class})
    void whateverAFallbackThrowsReachesTheCaller(Class<? extends Throwable> type) throws Exception {
        Throwable another = type.getDeclaredConstructor().newInstance();
        Fallback<String> broken = fallback((call, failure, attempts) -> {
            throw CallsThatGiveBack.<RuntimeException>sneaky(another);
        });
        retry.by("test").update(now -> now.with(Map.of(Setting.MAX_ATTEMPTS, 1)));
        assertThat(catchThrowable(() -> pipeline(String.class, broken, delay)
                        .call(
                                call -> {
                                    throw down;
                                },
                                "call")))
                .isSameAs(another)
                .hasSuppressedException(down);
        assertThat(failureOf(call(CompletableFuture.failedFuture(down), broken, delay)))
                .hasCause(another);
        assertThat(broken.snapshot().failed()).isEqualTo(2);
    }
}
