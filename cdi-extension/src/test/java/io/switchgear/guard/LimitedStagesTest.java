// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.switchgear.FailureRule;
import io.switchgear.TimeLimitExceededException;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Invocation;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.status.CircuitState;
import io.switchgear.time.ManualTimer;
import io.switchgear.time.TestTime;
import io.switchgear.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that return a stage, under a {@link TimeLimit}. */
@SuppressWarnings("FutureReturnValueIgnored") // what matters of a future is looked at
class LimitedStagesTest {
    private final TestTime time = new TestTime();
    private final ManualTimer timer = new ManualTimer(time);
    private final TimeLimit limit = new TimeLimit(
            "orders", TimeLimitSettings.defaults(), TimeLimitExceededException::new, new Time(time, time, timer));
    private final Breaker breaker = new Breaker(
            "orders",
            BreakerSettings.builder().failureThreshold(1).maxConcurrentCalls(1).build(),
            FailureRule.ANY,
            time,
            time,
            transition -> {});
    private final CompletableFuture<Object> attempt = new CompletableFuture<>();

    @AfterEach
    void nothingIsLeft() {
        timer.advanceMillis(86_400_000);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(limit.snapshot()).returns(0L, s -> s.running()).returns(0L, s -> s.overdue());
        assertThat(timer.waiting()).isZero();
        assertThat(timer.started).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private CompletableFuture<Object> call(Class<?> type, Invocation<String, ?> action) throws Exception {
        return (CompletableFuture<Object>) new GuardPipeline<String>(
                        type, GuardLayers.on(timer).with(breaker).with(limit))
                .call(action, "context");
    }

    @ParameterizedTest
    @ValueSource(classes = {CompletionStage.class, CompletableFuture.class, Object.class})
    void atTheLimitTheStageFailsAndTheAttemptIsCancelled(Class<?> type) throws Exception {
        CompletableFuture<Object> result = call(type, context -> attempt);
        timer.advanceMillis(999);
        assertThat(result).isNotDone();
        timer.advanceMillis(1);
        assertThat(breaker.snapshot())
                .as("the outcome counts first")
                .returns(CircuitState.OPEN, s -> s.state())
                .returns(1L, s -> s.failures());
        assertThat(result).as("not on the thread of the timer").isNotDone();
        timer.runStarted();
        assertThat(catchThrowable(result::join)).hasCauseInstanceOf(TimeLimitExceededException.class);
        assertThat(attempt).isCancelled();
        assertThat(breaker.snapshot()).returns(1L, s -> s.failures()).returns(0L, s -> s.lateOutcomes());
    }

    @Test
    void aStageThatCompletesInTimeIsAsWithoutALimit() throws Exception {
        CompletableFuture<Object> result = call(CompletionStage.class, context -> attempt);
        timer.advanceMillis(999);
        attempt.complete("done");
        assertThat(result).isCompletedWithValue("done");
        assertThat(limit.snapshot().running()).isZero();
        assertThat(breaker.snapshot()).returns(1L, s -> s.successes()).returns(0L, s -> s.failures());
    }

    @Test
    void aStageThatCompletesAfterTheLimitAndBeforeItsCallerLearnsOfItFailsWithTheLimit() throws Exception {
        CompletableFuture<Object> result = call(CompletionStage.class, context -> attempt);
        timer.advanceMillis(1_000);
        attempt.complete("too late");
        assertThat(catchThrowable(result::join)).hasCauseInstanceOf(TimeLimitExceededException.class);
        timer.runStarted();
        assertThat(breaker.snapshot()).returns(1L, s -> s.failures()).returns(0L, s -> s.successes());
    }

    @Test
    void thePlaceIsFreeAtTheLimit() throws Exception {
        Breaker narrow = new Breaker(
                "orders",
                BreakerSettings.builder().maxConcurrentCalls(1).build(),
                FailureRule.ANY,
                time,
                time,
                transition -> {});
        new GuardPipeline<String>(
                        CompletionStage.class,
                        GuardLayers.on(timer).with(narrow).with(limit))
                .call(context -> attempt, "context");
        timer.advanceMillis(1_000);
        assertThat(narrow.call(() -> "free")).isEqualTo("free");
        timer.runStarted();
    }

    @Test
    void thePartThatRunsOnTheCallersThreadIsInterrupted() throws Exception {
        CompletableFuture<Object> result = call(CompletionStage.class, context -> {
            timer.advanceMillis(1_000);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            return attempt;
        });
        assertThat(catchThrowable(result::join)).hasCauseInstanceOf(TimeLimitExceededException.class);
        assertThat(attempt).isCancelled();
        assertThat(breaker.snapshot().failures()).isEqualTo(1);
        timer.runStarted();
    }

    @Test
    void aMethodThatReturnsAnyObjectThrows() {
        assertThat(catchThrowable(() -> call(Object.class, context -> {
                    timer.advanceMillis(1_000);
                    return attempt;
                })))
                .isInstanceOf(TimeLimitExceededException.class);
        assertThat(attempt).isCancelled();
        timer.runStarted();
    }

    @Test
    void aStageThatTheCallerCancelsIsNoLongerMeasured() throws Exception {
        CompletableFuture<Object> result = call(CompletionStage.class, context -> attempt);
        result.cancel(true);
        assertThat(attempt).isCancelled();
        assertThat(limit.snapshot().running()).isZero();
        timer.advanceMillis(1_000);
        assertThat(catchThrowable(result::join)).isInstanceOf(CancellationException.class);
        assertThat(breaker.snapshot()).returns(0L, s -> s.failures()).returns(1L, s -> s.ignored());
    }

    @Test
    void aStageThatCannotBeCancelledIsLeftBehind() throws Exception {
        CompletableFuture<Object> result = call(CompletionStage.class, context -> attempt.minimalCompletionStage());
        timer.advanceMillis(1_000);
        timer.runStarted();
        assertThat(catchThrowable(result::join)).hasCauseInstanceOf(TimeLimitExceededException.class);
        attempt.complete("too late");
        assertThat(breaker.snapshot()).returns(1L, s -> s.failures()).returns(0L, s -> s.successes());
    }

    @Test
    void slowCallbacksOfOneStageDoNotDelayTheDeadlineOfAnother() throws Exception {
        List<String> ended = new ArrayList<>();
        TimeLimit other = new TimeLimit(
                "others", TimeLimitSettings.defaults(), TimeLimitExceededException::new, new Time(time, time, timer));
        GuardPipeline<CompletableFuture<Object>> stages = new GuardPipeline<>(
                CompletableFuture.class, GuardLayers.on(timer).with(other));
        for (String name : List.of("first", "second")) {
            ((CompletableFuture<?>) stages.call(stage -> stage, new CompletableFuture<>()))
                    .whenComplete((value, thrown) -> ended.add(name));
        }
        timer.advanceMillis(1_000);
        assertThat(other.snapshot().exceeded()).isEqualTo(2);
        assertThat(ended).isEmpty();
        assertThat(timer.started).as("a thread each").hasSize(2);
        timer.runStarted();
        assertThat(ended).containsExactly("first", "second");
    }

    @Test
    void eachAttemptHasTheLimit() throws Exception {
        Breaker tolerant =
                new Breaker("orders", BreakerSettings.builder().build(), FailureRule.ANY, time, time, t -> {});
        Retry retry =
                new Retry("orders", RetrySettings.defaults().maxAttempts(2), FailureRule.ANY, time, time, () -> 0);
        List<CompletableFuture<Object>> attempts = new ArrayList<>();
        CompletableFuture<?> result = (CompletableFuture<?>) new GuardPipeline<String>(
                        CompletionStage.class,
                        GuardLayers.on(timer).with(tolerant).with(limit).with(retry))
                .call(
                        context -> {
                            attempts.add(new CompletableFuture<>());
                            return attempts.get(attempts.size() - 1);
                        },
                        "context");
        timer.advanceMillis(1_000);
        timer.runStarted();
        assertThat(attempts).hasSize(1).allMatch(CompletableFuture::isCancelled);
        timer.advanceMillis(200);
        assertThat(attempts).hasSize(2);
        timer.advanceMillis(999);
        assertThat(result).isNotDone();
        attempts.get(1).completeExceptionally(new IllegalStateException("broken"));
        assertThat(catchThrowable(result::join)).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(tolerant.snapshot().failures()).isEqualTo(2);
    }
}
