// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;

/** A call with a breaker and a retry, and the check that nothing of them is taken after each test. */
@SuppressWarnings("FutureReturnValueIgnored") // what matters of a future is looked at
abstract class CallsThatGiveBack {
    static final RetrySettings STEADY = RetrySettings.defaults()
            .budgetPercent(20)
            .with(Map.of(Setting.JITTER_PERCENT, 0, Setting.MIN_RETRIES_PER_SECOND, 10));

    final TestTime time = new TestTime();
    final TestScheduler delay = new TestScheduler(time);
    final IOException down = new IOException("down");
    final Breaker breaker = new Breaker(
            "orders",
            BreakerSettings.builder().failureThreshold(1_000_000).build(),
            FailureRule.ANY,
            time,
            time,
            transition -> {});
    final Retry retry = new Retry("orders", STEADY, FailureRule.ANY, time, time, () -> 0);
    int invocations;

    GuardPipeline<String> pipeline(Class<?> type, Fallback<String> fallback, Scheduler with) {
        return new GuardPipeline<>(
                type, GuardLayers.on(with).with(breaker).with(retry).with(fallback));
    }

    static Fallback<String> fallback(Recovery<String> recovery) {
        return new Fallback<>("orders", FallbackSettings.defaults(), FailureRule.ANY, "test", recovery);
    }

    CompletableFuture<?> call(CompletionStage<?> result, Fallback<String> fallback, Scheduler with) throws Exception {
        return (CompletableFuture<?>) pipeline(CompletionStage.class, fallback, with)
                .call(
                        call -> {
                            invocations++;
                            return result;
                        },
                        "call");
    }

    static Throwable failureOf(CompletableFuture<?> result) {
        assertThat(result).isDone();
        return catchThrowable(() -> result.getNow(null));
    }

    @AfterEach
    void nothingIsTaken() {
        assertThat(breaker.snapshot().callsInFlight()).as("places").isZero();
        assertThat(retry.isRunningHere()).as("running here").isFalse();
        assertThat(retry.snapshot().retries()).as("retries").isEqualTo(Math.max(0, invocations - 1));
        assertThat(retry.snapshot().budgetBalance())
                .as("retries that the budget pays for")
                .isBetween(10 - retry.snapshot().retries(), 11L);
    }

    void assertBudgetIsWhole() {
        // a success may have been deposited
        assertThat(retry.snapshot().budgetBalance()).isBetween(10L, 11L);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // hides a checked exception from the compiler
    static <X extends Throwable> X sneaky(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
