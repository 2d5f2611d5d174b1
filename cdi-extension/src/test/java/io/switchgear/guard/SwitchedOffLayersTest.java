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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Retries and fallbacks that are off, from the start or from some moment on. */
class SwitchedOffLayersTest {
    private static final RetrySettings STEADY =
            RetrySettings.defaults().with(Map.of(Setting.JITTER_PERCENT, 0, Setting.MIN_RETRIES_PER_SECOND, 10));

    private final TestTime time = new TestTime();
    private final TestScheduler delay = new TestScheduler(time) {
        @Override
        public void pause(long nanos) throws InterruptedException {
            super.pause(nanos);
            duringPause.run();
        }
    };
    private Runnable duringPause = () -> {};
    private final IOException broken = new IOException("down");
    private final List<String> transaction = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final Retry retry = new Retry("orders", STEADY, FailureRule.ANY, time, time, () -> 0);
    private final Fallback<String> fallback = fallback((call, failure, attempts) -> "plan B");

    private final TransactionRule rule = new TransactionRule() {
        @Override
        public boolean allowsRetry() {
            transaction.add("retry?");
            return true;
        }

        @Override
        public void replaced(Throwable failure) {
            transaction.add("undo");
        }
    };

    private Fallback<String> fallback(Recovery<String> recovery) {
        FallbackSettings settings = FallbackSettings.defaults();
        return new Fallback<>(
                "orders", settings, FailureRule.ANY, "test", recovery, new LastGoodValues(settings, time), call ->
                        new Object[] {call});
    }

    private GuardPipeline<String> guard(
            Class<?> type, Breaker breaker, Retry withRetry, Fallback<String> withFallback) {
        return new GuardPipeline<>(
                type,
                GuardLayers.on(delay)
                        .with(breaker)
                        .with(withRetry)
                        .with(withFallback)
                        .with(rule));
    }

    private Object fail(GuardPipeline<String> guard) throws Exception {
        return guard.call(
                call -> {
                    calls.incrementAndGet();
                    throw broken;
                },
                "a");
    }

    private CompletionStage<?> stage(GuardPipeline<String> guard) throws Exception {
        return (CompletionStage<?>) guard.call(
                call -> {
                    calls.incrementAndGet();
                    CompletionStage<Object> failed = CompletableFuture.failedFuture(broken);
                    return failed;
                },
                "a");
    }

    private void retry(boolean on) {
        retry.by("alice").update(settings -> settings.enabled(on));
    }

    private static void fallback(Fallback<?> fallback, boolean on) {
        fallback.by("alice").update(settings -> settings.enabled(on));
    }

    // ---- retries

    @Test
    void aCallIsOneAttemptThatIsNotCounted() throws Exception {
        retry(false);
        long budget = retry.snapshot().budgetBalance();
        GuardPipeline<String> guard = guard(String.class, null, retry, null);
        assertThatThrownBy(() -> fail(guard)).isSameAs(broken);
        assertThat(calls).hasValue(1);
        assertThat(stage(guard(CompletionStage.class, null, retry, null)))
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isSameAs(broken);
        for (int i = 0; i < 10; i++) {
            guard.call(call -> "fine", "a");
        }
        assertThat(delay.pausesMillis).isEmpty();
        assertThat(transaction).as("questions about retries").isEmpty();
        assertThat(retry.snapshot())
                .returns(budget, s -> s.budgetBalance())
                .returns(0L, s -> s.attempts())
                .returns(0L, s -> s.retries())
                .returns(0L, s -> s.recovered())
                .returns(0L, s -> s.givenUp())
                .returns(0L, s -> s.refusedByBudget());
    }

    @Test
    void resultsAreNotTested() throws Exception {
        Retry judging = new Retry(
                "orders",
                STEADY.enabled(false),
                new FailureRule(List.of(Throwable.class), List.of(), result -> calls.incrementAndGet() > 0),
                time,
                time,
                () -> 0);
        assertThat(guard(String.class, null, judging, null).call(call -> "poor", "a"))
                .isEqualTo("poor");
        assertThat(calls).hasValue(0);
    }

    @Test
    void aFailureThatOpensTheBreakerGetsNoRejectionAttached() {
        retry(false);
        Breaker breaker = new Breaker(
                "orders",
                BreakerSettings.builder().failureThreshold(1).build(),
                FailureRule.ANY,
                time,
                time,
                transition -> {});
        assertThatThrownBy(() -> fail(guard(String.class, breaker, retry, null)))
                .isSameAs(broken)
                .hasNoSuppressedExceptions();
    }

    @Test
    void aCallWhoseWaitIsOverMakesNoFurtherAttempt() {
        long budget = retry.snapshot().budgetBalance();
        GuardPipeline<String> guard = guard(String.class, null, retry, null);
        duringPause = () -> retry(false);
        assertThatThrownBy(() -> fail(guard)).isSameAs(broken);
        assertThat(calls).hasValue(1);
        assertThat(retry.snapshot())
                .returns(1L, s -> s.attempts())
                .returns(0L, s -> s.retries())
                .returns(0L, s -> s.givenUp())
                .returns(budget, s -> s.budgetBalance());
    }

    @Test
    void aStageWhoseWaitIsOverMakesNoFurtherAttempt() throws Exception {
        CompletionStage<?> result = stage(guard(CompletionStage.class, null, retry, null));
        long budget = retry.snapshot().budgetBalance();
        retry(false);
        delay.next();
        assertThat(result.toCompletableFuture()).isCompletedExceptionally();
        assertThat(calls).hasValue(1);
        assertThat(retry.snapshot().retries()).isZero();
        assertThat(retry.snapshot().budgetBalance()).isGreaterThan(budget);
    }

    @Test
    void retriesThatAreSwitchedOnApplyToTheNextFailure() throws Exception {
        retry(false);
        GuardPipeline<String> guard = guard(String.class, null, retry, null);
        Object value = guard.call(
                call -> {
                    retry(true);
                    if (calls.incrementAndGet() == 1) {
                        throw broken;
                    }
                    return "fine";
                },
                "a");
        assertThat(value).isEqualTo("fine");
        assertThat(retry.snapshot()).returns(1L, s -> s.retries()).returns(1L, s -> s.recovered());
    }

    // ---- fallbacks

    @Test
    void theFailureReachesTheCallerAndNothingIsUndone() {
        fallback(fallback, false);
        GuardPipeline<String> guard = guard(String.class, null, null, fallback);
        assertThatThrownBy(() -> fail(guard)).isSameAs(broken);
        assertThatThrownBy(() -> stage(guard(CompletionStage.class, null, null, fallback))
                        .toCompletableFuture()
                        .join())
                .hasCause(broken);
        assertThat(transaction).isEmpty();
        assertThat(fallback.snapshot())
                .returns(0L, s -> s.handled())
                .returns(0L, s -> s.failed())
                .returns(0L, s -> s.lastGoodMisses());
    }

    @Test
    void noValueIsKeptOrUsedUntilItIsOnAgain() throws Exception {
        GuardPipeline<String> guard = guard(String.class, null, null, fallback);
        guard.call(call -> "old", "a");
        fallback(fallback, false);
        guard.call(call -> "new", "a");
        assertThatThrownBy(() -> fail(guard)).isSameAs(broken);
        fallback(fallback, true);
        assertThat(fail(guard)).isEqualTo("old");
        fallback(fallback, false);
        time.advanceMillis(FallbackSettings.defaults().ttlMillis());
        fallback(fallback, true);
        assertThat(fail(guard)).isEqualTo("plan B");
    }

    @Test
    void aValueOfACallThatBeganBeforeIsNotKept() throws Exception {
        GuardPipeline<String> guard = guard(String.class, null, null, fallback);
        guard.call(
                call -> {
                    fallback(fallback, false);
                    return "new";
                },
                "a");
        fallback(fallback, true);
        assertThat(fail(guard)).isEqualTo("plan B");
    }

    @Test
    void aFailureThatWasReplacedIsUndoneWhateverIsSwitchedMeanwhile() throws Exception {
        List<Fallback<String>> switched = new ArrayList<>();
        Fallback<String> switching = fallback((call, failure, attempts) -> {
            fallback(switched.get(0), false);
            return "plan B";
        });
        switched.add(switching);
        assertThat(fail(guard(String.class, null, null, switching))).isEqualTo("plan B");
        assertThat(transaction).containsExactly("undo");
    }
}
