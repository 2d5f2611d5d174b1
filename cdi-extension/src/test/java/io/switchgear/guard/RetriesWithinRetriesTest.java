// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.time.TestScheduler;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A retry within an attempt of the same retry makes one attempt. */
class RetriesWithinRetriesTest {
    private static final RetrySettings STEADY =
            RetrySettings.defaults().with(Map.of(Setting.JITTER_PERCENT, 0, Setting.MIN_RETRIES_PER_SECOND, 10_000));

    private final TestTime time = new TestTime();
    private final TestScheduler delay = new TestScheduler(time);
    private final Breaker breaker =
            new Breaker("orders", BreakerSettings.builder().build(), FailureRule.ANY, time, time, transition -> {});
    private final Retry retry = retry("orders");
    private final AtomicInteger calls = new AtomicInteger();

    private Retry retry(String name) {
        return retry(name, STEADY);
    }

    private Retry retry(String name, RetrySettings settings) {
        return new Retry(name, settings, FailureRule.ANY, time, time, () -> 0);
    }

    private Object call(Retry by, Callable<?> action) throws Exception {
        return new GuardPipeline<Callable<?>>(
                        String.class, GuardLayers.on(delay).with(by))
                .call(Callable::call, action);
    }

    private CompletionStage<?> callAsync(Callable<CompletionStage<?>> action) throws Exception {
        return (CompletionStage<?>) new GuardPipeline<Callable<CompletionStage<?>>>(
                        CompletionStage.class, GuardLayers.on(delay).with(retry))
                .call(Callable::call, action);
    }

    private Object broken() throws IOException {
        calls.incrementAndGet();
        throw new IOException("broken");
    }

    private Object flaky(int failures) throws IOException {
        return calls.get() < failures ? broken() : "fine after " + calls.get();
    }

    @Test
    void threeLevelsOfTheSameRetryMakeThreeAttempts() {
        assertThatThrownBy(() -> call(retry, () -> call(retry, () -> call(retry, this::broken))))
                .isInstanceOf(IOException.class);
        assertThat(calls).hasValue(3);
        assertThat(retry.snapshot().attempts()).isEqualTo(3);
        assertThat(retry.snapshot().retries()).isEqualTo(2);
        assertThat(retry.snapshot().givenUp()).isEqualTo(1);
    }

    @Test
    void aRequestThatRecoversIsCountedOnce() throws Exception {
        assertThat(call(retry, () -> call(retry, () -> flaky(2)))).isEqualTo("fine after 2");
        assertThat(retry.snapshot().recovered()).isEqualTo(1);
        assertThat(retry.snapshot().attempts()).isEqualTo(3);
    }

    @Test
    void aRequestPaysIntoTheBudgetOnce() throws Exception {
        Retry paid =
                retry("orders", STEADY.with(Map.of(Setting.BUDGET_PERCENT, 50, Setting.MIN_RETRIES_PER_SECOND, 0)));
        for (int request = 1; request <= 2; request++) {
            assertThat(call(paid, () -> call(paid, () -> "fine"))).isEqualTo("fine");
        }
        assertThat(paid.snapshot().budgetBalance()).isEqualTo(1);
    }

    @Test
    void theCallAfterACallRetriesAgain() throws Exception {
        assertThatThrownBy(() -> call(retry, this::broken)).isInstanceOf(IOException.class);
        assertThat(call(retry, () -> flaky(5))).isEqualTo("fine after 5");
    }

    @Test
    void retriesOfDifferentNamesMultiply() {
        Retry other = retry("stock");
        assertThatThrownBy(() -> call(retry, () -> call(other, this::broken))).isInstanceOf(IOException.class);
        assertThat(calls).hasValue(9);
    }

    @Test
    void theSameRetryIsRecognizedThroughAnother() {
        Retry other = retry("stock", STEADY.maxAttempts(1));
        assertThatThrownBy(() -> call(retry, () -> call(other, () -> call(retry, this::broken))))
                .isInstanceOf(IOException.class);
        assertThat(calls).hasValue(3);
    }

    @Test
    void aRequestThroughTwoLevelsOfBreakerAndRetryFailsThreeTimes() {
        GuardPipeline<Callable<?>> guard = new GuardPipeline<>(
                String.class, GuardLayers.on(delay).with(breaker).with(retry));
        assertThatThrownBy(() -> guard.call(Callable::call, () -> guard.call(Callable::call, this::broken)))
                .isInstanceOf(IOException.class);
        assertThat(calls).hasValue(3);
        assertThat(breaker.snapshot().failures()).isEqualTo(3);
    }

    @Test
    void aCallWithinAnAttemptKeepsItsFallback() throws Exception {
        Fallback<Callable<?>> fallback = new Fallback<>(
                "orders",
                FallbackSettings.defaults(),
                FailureRule.ANY,
                "test",
                (context, thrown, attempts) -> "substitute after " + attempts);
        GuardPipeline<Callable<?>> inner = new GuardPipeline<>(
                String.class, GuardLayers.on(delay).with(retry).with(fallback));
        assertThat(call(retry, () -> inner.call(Callable::call, this::broken))).isEqualTo("substitute after 1");
        assertThat(calls).hasValue(1);
    }

    @Test
    void stagesOfTheSameRetryMakeThreeAttempts() throws Exception {
        CompletableFuture<?> result = callAsync(() -> callAsync(() -> {
                    calls.incrementAndGet();
                    return CompletableFuture.failedFuture(new IOException("broken"));
                }))
                .toCompletableFuture();
        delay.next();
        delay.next();
        assertThat(result).isCompletedExceptionally();
        assertThat(calls).hasValue(3);
        assertThat(retry.isRunningHere()).isFalse();
    }

    @Test
    void aThreadThatLeftAStageRetriesItsNextCall() throws Exception {
        CompletableFuture<Object> pending = new CompletableFuture<>();
        CompletionStage<?> result = callAsync(() -> pending);
        assertThat(call(retry, () -> flaky(2))).isEqualTo("fine after 2");
        pending.complete("fine");
        assertThat(result.toCompletableFuture()).isCompletedWithValueMatching("fine"::equals);
    }

    @Test
    void anErrorLeavesNothingOnTheThread() throws Exception {
        assertThatThrownBy(() -> call(retry, () -> {
                    throw new AssertionError("broken");
                }))
                .isInstanceOf(AssertionError.class);
        assertThat(retry.isRunningHere()).isFalse();
        assertThat(call(retry, () -> call(retry, () -> retry.isRunningHere()))).isEqualTo(true);
        assertThat(retry.isRunningHere()).isFalse();
    }
}
