// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.time.Scheduler;
import io.switchgear.time.TestScheduler;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // what matters of a future is looked at
class AsyncCallTest {
    private static final RetrySettings STEADY =
            RetrySettings.defaults().with(Map.of(Setting.JITTER_PERCENT, 0, Setting.MIN_RETRIES_PER_SECOND, 10_000));
    private final IOException down = new IOException("down");

    private final TestTime time = new TestTime();
    private final TestScheduler delay = new TestScheduler(time);
    private final List<CompletableFuture<Object>> attempts = new ArrayList<>();
    private Breaker breaker;
    private Retry retry;

    @BeforeEach
    void make() {
        breaker = new Breaker(
                "orders",
                BreakerSettings.builder().failureThreshold(100).build(),
                FailureRule.ANY,
                time,
                time,
                transition -> {});
        retry = new Retry("orders", STEADY, FailureRule.ANY, time, time, () -> 0);
    }

    private static Fallback<String> fallback(Recovery<String> recovery) {
        return new Fallback<>("orders", FallbackSettings.defaults(), FailureRule.ANY, "test", recovery);
    }

    @SuppressWarnings("unchecked")
    private CompletableFuture<Object> call(Fallback<String> fallback, Scheduler with) throws Exception {
        GuardPipeline<String> layers = new GuardPipeline<>(
                CompletionStage.class,
                GuardLayers.on(with).with(breaker).with(retry).with(fallback));
        return (CompletableFuture<Object>) layers.call(
                context -> {
                    CompletableFuture<Object> attempt = new CompletableFuture<>();
                    attempts.add(attempt);
                    return attempt;
                },
                "context");
    }

    @Test
    void aRetryBeginsWhenItsWaitIsOverAndNoThreadIsHeldMeanwhile() throws Exception {
        CompletableFuture<Object> result = call(null, delay);
        attempts.get(0).completeExceptionally(down);
        assertThat(attempts).hasSize(1);
        assertThat(delay.waiting).hasSize(1);
        delay.next();
        assertThat(attempts).hasSize(2);
        assertThat(result).isNotDone();
        attempts.get(1).complete("up");
        assertThat(result).isCompletedWithValue("up");
        assertThat(delay.pausesMillis).containsExactly(200L);
        assertThat(breaker.snapshot()).returns(1L, s -> s.failures()).returns(1L, s -> s.successes());
    }

    @Test
    void theLastFailureIsTheResults() throws Exception {
        CompletableFuture<Object> result = call(null, delay);
        attempts.get(0).completeExceptionally(new IOException("first"));
        delay.next();
        attempts.get(1).completeExceptionally(new IOException("second"));
        delay.next();
        attempts.get(2).completeExceptionally(down);
        assertThat(result).isCompletedExceptionally();
        assertThat(result.handle((value, thrown) -> thrown).join()).isSameAs(down);
        assertThat(delay.waiting).isEmpty();
    }

    @Test
    void cancellingTheResultCancelsTheAttemptThatRuns() throws Exception {
        CompletableFuture<Object> result = call(fallback((context, failure, tried) -> "never"), delay);
        attempts.get(0).completeExceptionally(down);
        delay.next();
        result.cancel(true);
        assertThat(attempts.get(1)).isCancelled();
        assertThat(delay.waiting).isEmpty();
        assertThat(breaker.snapshot()).returns(1L, s -> s.ignored()).returns(0L, s -> s.callsInFlight());
    }

    @Test
    void cancellingBetweenAttemptsLetsNoOtherBegin() throws Exception {
        CompletableFuture<Object> result = call(null, delay);
        attempts.get(0).completeExceptionally(down);
        result.cancel(true);
        delay.next();
        assertThat(attempts).hasSize(1);
    }

    @Test
    void aResultThatItsCallerGaveATimeLimitEndsTheCallToo() throws Exception {
        CompletableFuture<Object> result = call(null, delay);
        // as orTimeout does
        result.completeExceptionally(new java.util.concurrent.TimeoutException());
        assertThat(attempts.get(0)).isCompletedExceptionally().isNotCancelled();
        assertThat(delay.waiting).isEmpty();
    }

    @Test
    void aRejectionIsAFailedStageAndTheFallbacksBusiness() throws Exception {
        breaker.forceOpen("test");
        CompletableFuture<Object> rejected = call(null, delay);
        assertThat(rejected.handle((value, thrown) -> thrown).join()).isInstanceOf(CircuitOpenException.class);
        CompletableFuture<Object> answered =
                call(fallback((context, failure, tried) -> CompletableFuture.completedFuture("B")), delay);
        assertThat(answered).isCompletedWithValue("B");
        assertThat(breaker.snapshot().fallbacks()).isEqualTo(1);
        assertThat(attempts).isEmpty();
    }

    @Test
    void aFallbackThatFailsLaterHasTheFirstFailureAttached() throws Exception {
        retry.by("test").update(now -> now.maxAttempts(1));
        CompletableFuture<Object> substitute = new CompletableFuture<>();
        Fallback<String> fallback = fallback((context, failure, tried) -> substitute);
        CompletableFuture<Object> result = call(fallback, delay);
        attempts.get(0).completeExceptionally(down);
        assertThat(result).isNotDone();
        IllegalStateException another = new IllegalStateException("no plan B");
        substitute.completeExceptionally(another);
        assertThat(result.handle((value, thrown) -> thrown).join()).isSameAs(another);
        assertThat(another.getSuppressed()).containsExactly(down);
        assertThat(fallback.snapshot()).returns(0L, s -> s.handled()).returns(1L, s -> s.failed());
        assertThat(breaker.snapshot().fallbacks()).isZero();
    }

    @Test
    void theValueOfAStageIsKeptAndReplacesALaterFailure() throws Exception {
        FallbackSettings settings = FallbackSettings.defaults();
        Fallback<String> fallback = new Fallback<>(
                "orders", settings, FailureRule.ANY, "", null, new LastGoodValues(settings, time), context ->
                        new Object[] {context});
        call(fallback, delay);
        attempts.get(0).complete("good");
        breaker.forceOpen("test");
        assertThat(call(fallback, delay)).isCompletedWithValue("good");
    }

    @Test
    void whereNothingIsRunAnyMoreTheFailureOrTheFallbackIsTheResult() throws Exception {
        RejectedExecutionException closed = new RejectedExecutionException("closed");
        Scheduler stopping = new TestScheduler(time) {
            @Override
            public java.util.concurrent.Executor delayed(long nanos) {
                return task -> {
                    throw closed;
                };
            }
        };
        CompletableFuture<Object> result = call(null, stopping);
        attempts.get(0).completeExceptionally(down);
        assertThat(result.handle((value, thrown) -> thrown).join()).isSameAs(down);
        assertThat(down.getSuppressed()).containsExactly(closed);
        CompletableFuture<Object> answered =
                call(fallback((context, failure, tried) -> CompletableFuture.completedFuture("B")), stopping);
        attempts.get(1).completeExceptionally(down);
        assertThat(answered).isCompletedWithValue("B");
        assertThat(breaker.snapshot().fallbacks()).isEqualTo(1);
    }

    @Test
    void attemptsWithoutAWaitDoNotRunOnTheThreadThatFailed() throws Exception {
        retry.by("test").update(now -> now.with(Map.of(Setting.MAX_ATTEMPTS, 100, Setting.DELAY_MILLIS, 0)));
        GuardPipeline<String> layers =
                new GuardPipeline<>(CompletionStage.class, GuardLayers.on(delay).with(retry));
        CompletionStage<?> result =
                (CompletionStage<?>) layers.call(context -> CompletableFuture.failedFuture(down), "context");
        for (int attempt = 2; attempt <= 100; attempt++) {
            assertThat(result.toCompletableFuture()).isNotDone();
            delay.next();
        }
        assertThat(result.toCompletableFuture()).isCompletedExceptionally();
        assertThat(retry.snapshot().attempts()).isEqualTo(100);
    }
}
