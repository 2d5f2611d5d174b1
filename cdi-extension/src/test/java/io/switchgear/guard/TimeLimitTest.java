// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.switchgear.FailureRule;
import io.switchgear.TimeLimitExceededException;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.status.CircuitState;
import io.switchgear.time.ManualTimer;
import io.switchgear.time.TestTime;
import io.switchgear.time.Time;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Synchronous calls under a {@link TimeLimit}. The timer fires on the thread of the call, within it. */
class TimeLimitTest {
    private final TestTime time = new TestTime();
    private final ManualTimer timer = new ManualTimer(time);
    private final TimeLimit limit = limit(TimeLimitSettings.defaults());
    private final Breaker breaker = breaker(BreakerSettings.builder().build(), FailureRule.ANY);

    @AfterEach
    void nothingIsLeft() {
        timer.advanceMillis(86_400_000);
        assertThat(Thread.interrupted()).as("the interrupt flag of the thread").isFalse();
        assertThat(limit.snapshot()).returns(0L, s -> s.running()).returns(0L, s -> s.overdue());
        assertThat(timer.waiting()).as("tasks of the timer").isZero();
    }

    private TimeLimit limit(TimeLimitSettings settings) {
        return new TimeLimit("orders", settings, TimeLimitExceededException::new, new Time(time, time, timer));
    }

    private Breaker breaker(BreakerSettings settings, FailureRule rule) {
        return new Breaker("orders", settings, rule, time, time, transition -> {});
    }

    private Object call(Callable<?> action) throws Exception {
        return call(breaker, limit, action);
    }

    private Object call(Breaker under, TimeLimit within, Callable<?> action) throws Exception {
        return new GuardPipeline<Callable<?>>(
                        String.class, GuardLayers.on(timer).with(under).with(within))
                .call(Callable::call, action);
    }

    private Callable<?> sleeping(long millis) {
        return () -> {
            timer.advanceMillis(millis);
            if (Thread.interrupted()) {
                throw new InterruptedException("in a test");
            }
            return "done";
        };
    }

    @Test
    void aCallWithinTheLimitReturnsItsResult() throws Exception {
        assertThat(call(sleeping(999))).isEqualTo("done");
        assertThat(breaker.snapshot()).returns(1L, s -> s.successes()).returns(0L, s -> s.failures());
        assertThat(limit.snapshot()).returns(0L, s -> s.exceeded());
    }

    @Test
    void aCallThatExceedsTheLimitEndsWithItsException() {
        Throwable thrown = catchThrowable(() -> call(sleeping(1_000)));
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        TimeLimitExceededException.class,
                        exceeded -> assertThat(exceeded)
                                .returns("orders", e -> e.name())
                                .returns(1_000L, e -> e.limitMillis())
                                .returns(false, e -> e.isTrial()))
                .hasMessage("orders: the call took more than 1000 ms")
                .hasNoCause();
        assertThat(thrown.getSuppressed()).hasExactlyElementsOfTypes(InterruptedException.class);
        assertThat(thrown.getStackTrace()).isEmpty();
        assertThat(breaker.snapshot())
                .returns(1L, s -> s.failures())
                .returns(0L, s -> s.ignored())
                .returns(TimeLimitExceededException.class.getName(), s -> s.lastFailure());
        assertThat(limit.snapshot()).returns(1L, s -> s.exceeded()).returns(1L, s -> s.interrupted());
    }

    @Test
    void theLimitWorksWithoutABreaker() {
        assertThat(catchThrowable(() -> call(null, limit, sleeping(1_000))))
                .isInstanceOf(TimeLimitExceededException.class);
    }

    @Test
    void aResultThatComesTooLateIsNotReturned() {
        assertThat(catchThrowable(() -> call(() -> {
                    timer.advanceMillis(1_000);
                    return "too late";
                })))
                .isInstanceOf(TimeLimitExceededException.class)
                .hasNoSuppressedExceptions();
        assertThat(breaker.snapshot()).returns(1L, s -> s.failures()).returns(0L, s -> s.successes());
    }

    @Test
    void anInterruptionByTheApplicationSurvivesACallWithinTheLimit() throws Exception {
        call(() -> {
            Thread.currentThread().interrupt();
            return "done";
        });
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptionBeforeTheCallIsThereAfterIt() {
        Thread.currentThread().interrupt();
        assertThat(catchThrowable(() -> call(sleeping(1_000)))).isInstanceOf(TimeLimitExceededException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theThreadIsInterruptedOnce() {
        AtomicInteger interruptions = new AtomicInteger();
        assertThat(catchThrowable(() -> call(() -> {
                    for (int i = 0; i < 10; i++) {
                        timer.advanceMillis(1_000);
                        interruptions.addAndGet(Thread.interrupted() ? 1 : 0);
                    }
                    return "swallowed";
                })))
                .isInstanceOf(TimeLimitExceededException.class);
        assertThat(interruptions).hasValue(1);
    }

    @Test
    void withoutInterruptionTheCallRunsToItsEnd() {
        TimeLimit patient = limit(TimeLimitSettings.defaults().interrupt(false));
        assertThat(catchThrowable(() -> call(breaker, patient, () -> {
                    timer.advanceMillis(5_000);
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    assertThat(breaker.snapshot().failures()).isEqualTo(1);
                    assertThat(patient.snapshot().overdue()).isEqualTo(1);
                    throw new IOException("late");
                })))
                .isInstanceOf(TimeLimitExceededException.class)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasExactlyElementsOfTypes(IOException.class));
        assertThat(patient.snapshot()).returns(1L, s -> s.exceeded()).returns(0L, s -> s.interrupted());
    }

    @Test
    void aCallThatSwallowsItsInterruptionOpensTheBreakerAtTheLimitAndCountsOnce() {
        Breaker sensitive =
                breaker(BreakerSettings.builder().failureThreshold(1).build(), FailureRule.ANY);
        assertThat(catchThrowable(() -> call(sensitive, limit, () -> {
                    timer.advanceMillis(999);
                    assertThat(sensitive.snapshot().state()).isEqualTo(CircuitState.CLOSED);
                    timer.advanceMillis(1);
                    assertThat(Thread.interrupted()).isTrue();
                    assertThat(sensitive.snapshot().state()).isEqualTo(CircuitState.OPEN);
                    return "swallowed";
                })))
                .isInstanceOf(TimeLimitExceededException.class);
        assertThat(sensitive.snapshot())
                .returns(1L, s -> s.failures())
                .returns(0L, s -> s.successes())
                .returns(0L, s -> s.lateOutcomes())
                .returns(0L, s -> s.callsInFlight());
    }

    @Test
    void theCallKeepsItsPlaceUntilItsThreadComesBack() throws Exception {
        Breaker narrow = breaker(BreakerSettings.builder().maxConcurrentCalls(1).build(), FailureRule.ANY);
        AtomicInteger rejected = new AtomicInteger();
        assertThat(catchThrowable(() -> call(narrow, limit, () -> {
                    timer.advanceMillis(1_000);
                    Thread other = new Thread(() -> {
                        if (catchThrowable(() -> narrow.call(() -> "")) != null) {
                            rejected.incrementAndGet();
                        }
                    });
                    Thread.interrupted();
                    other.start();
                    other.join();
                    return "swallowed";
                })))
                .isInstanceOf(TimeLimitExceededException.class);
        assertThat(rejected).hasValue(1);
        assertThat(narrow.call(() -> "free again")).isEqualTo("free again");
    }

    @Test
    void aCallThatHangsIsNotCountedAsSlowAndAsAFailure() {
        Breaker counting = breaker(
                BreakerSettings.builder()
                        .failureThreshold(2)
                        .slowCallMillis(100)
                        .build(),
                FailureRule.ANY);
        assertThat(catchThrowable(() -> call(counting, limit, () -> {
                    timer.advanceMillis(10_000);
                    Thread.interrupted();
                    return call(counting, limit, () -> "admitted");
                })))
                .isInstanceOf(TimeLimitExceededException.class);
        assertThat(counting.snapshot())
                .returns(CircuitState.CLOSED, s -> s.state())
                .returns(1L, s -> s.failures());
    }

    @Test
    void aTrialThatExceedsItsLimitOpensTheBreakerAgain() {
        TimeLimit twofold = limit(TimeLimitSettings.defaults().trialLimitMillis(100));
        breaker.forceOpen("test");
        breaker.automatic();
        assertThat(catchThrowable(() -> call(breaker, twofold, () -> {
                    timer.advanceMillis(100);
                    assertThat(breaker.snapshot().state()).isEqualTo(CircuitState.OPEN);
                    throw new IOException("interrupted");
                })))
                .isInstanceOf(TimeLimitExceededException.class)
                .hasMessage("orders: the trial took more than 100 ms");
        assertThat(breaker.snapshot()).returns(1L, s -> s.failures()).returns(0, s -> s.trialsInFlight());
        assertThat(twofold.snapshot()).returns(1L, s -> s.exceeded()).returns(1L, s -> s.trialsExceeded());
    }

    @Test
    void theBreakersRuleDecidesWhetherItIsAFailure() {
        Breaker lenient = breaker(
                BreakerSettings.builder().build(),
                new FailureRule(List.of(Throwable.class), List.of(TimeLimitExceededException.class)));
        assertThat(catchThrowable(() -> call(lenient, limit, sleeping(1_000))))
                .isInstanceOf(TimeLimitExceededException.class);
        assertThat(lenient.snapshot()).returns(0L, s -> s.failures()).returns(1L, s -> s.ignored());
        Breaker other =
                breaker(BreakerSettings.builder().build(), new FailureRule(List.of(IOException.class), List.of()));
        assertThat(catchThrowable(() -> call(other, limit, sleeping(1_000))))
                .isInstanceOf(TimeLimitExceededException.class);
        assertThat(other.snapshot()).returns(0L, s -> s.failures()).returns(1L, s -> s.successes());
    }

    @Test
    void callsOfOneBreakerAroundItDoNotCountItAgain() {
        assertThat(catchThrowable(() -> breaker.call(() -> call(sleeping(1_000)))))
                .isInstanceOf(TimeLimitExceededException.class);
        assertThat(breaker.snapshot()).returns(1L, s -> s.failures()).returns(1L, s -> s.ignored());
    }

    @Test
    void eachAttemptHasTheLimitAndAFallbackReplacesTheLast() throws Exception {
        Retry retry = new Retry(
                "orders",
                RetrySettings.defaults().with(Map.of(Setting.JITTER_PERCENT, 0)),
                FailureRule.ANY,
                time,
                time,
                () -> 0);
        Fallback<Callable<?>> fallback = new Fallback<>(
                "orders", FallbackSettings.defaults(), FailureRule.ANY, "test", (call, failure, tries) -> {
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    return failure.getMessage() + ", " + tries + " times";
                });
        GuardPipeline<Callable<?>> layers = new GuardPipeline<>(
                String.class,
                GuardLayers.on(timer).with(breaker).with(limit).with(retry).with(fallback));
        assertThat(layers.call(Callable::call, sleeping(1_000)))
                .isEqualTo("orders: the call took more than 1000 ms, 3 times");
        assertThat(breaker.snapshot().failures()).isEqualTo(3);
        assertThat(limit.snapshot()).returns(3L, s -> s.exceeded()).returns(3L, s -> s.interrupted());
    }

    @Test
    void theTopFramesOfTheThreadAreTheStackTraceIfRequested() {
        TimeLimit curious = limit(TimeLimitSettings.defaults().stackFrames(100));
        TimeLimitExceededException thrown =
                (TimeLimitExceededException) catchThrowable(() -> call(breaker, curious, sleeping(1_000)));
        assertThat(thrown.getStackTrace())
                .anySatisfy(frame -> assertThat(frame.getMethodName()).contains("sleeping"));
        assertThat(thrown).hasMessageContaining("took more than 1000 ms; it was in java.base/java.lang.Thread");
    }

    @Test
    void anotherExceptionCanBeThrownInstead() {
        List<String> made = new ArrayList<>();
        TimeLimit other = new TimeLimit(
                "orders",
                TimeLimitSettings.defaults(),
                (name, millis, trial, frames) -> {
                    made.add(name + " " + millis + " " + trial + " " + frames);
                    return new IllegalStateException("of another library");
                },
                new Time(time, time, timer));
        Breaker sensitive = breaker(
                BreakerSettings.builder().build(), new FailureRule(List.of(IllegalStateException.class), List.of()));
        assertThat(catchThrowable(() -> call(sensitive, other, sleeping(1_000))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(made).containsExactly("orders 1000 false []");
        assertThat(sensitive.snapshot().failures()).isEqualTo(1);
    }

    @Test
    void aSourceOfExceptionsThatThrowsIsReplaced() {
        TimeLimit broken = new TimeLimit(
                "orders",
                TimeLimitSettings.defaults(),
                (name, millis, trial, frames) -> {
                    throw new IllegalStateException("broken");
                },
                new Time(time, time, timer));
        assertThat(catchThrowable(() -> call(breaker, broken, sleeping(1_000))))
                .isInstanceOf(TimeLimitExceededException.class);
    }
}
