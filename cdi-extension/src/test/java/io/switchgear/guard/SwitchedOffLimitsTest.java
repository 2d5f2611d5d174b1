// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.BulkheadFullException;
import io.switchgear.FailureRule;
import io.switchgear.TimeLimitExceededException;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.time.ManualTimer;
import io.switchgear.time.TestTime;
import io.switchgear.time.Time;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Time limits and bulkheads that are off, from the start or from some moment on. */
class SwitchedOffLimitsTest {
    private final TestTime time = new TestTime();
    private final ManualTimer timer = new ManualTimer(time);
    private final TimeLimit limit = new TimeLimit(
            "orders", TimeLimitSettings.defaults(), TimeLimitExceededException::new, new Time(time, time, timer));
    private final Breaker breaker =
            new Breaker("orders", BreakerSettings.builder().build(), FailureRule.ANY, time, time, transition -> {});

    private Object call(Class<?> type, Callable<?> action) throws Exception {
        return new GuardPipeline<Callable<?>>(
                        type, GuardLayers.on(timer).with(breaker).with(limit))
                .call(Callable::call, action);
    }

    private void enable(boolean value) {
        limit.by("test").update(settings -> settings.enabled(value));
    }

    @Test
    void noCallIsLimitedAndNoTimerWaits() throws Exception {
        enable(false);
        assertThat(call(String.class, () -> {
                    timer.advanceMillis(10_000);
                    return "late";
                }))
                .isEqualTo("late");
        CompletableFuture<String> stage = new CompletableFuture<>();
        CompletableFuture<?> result = (CompletableFuture<?>) call(CompletableFuture.class, () -> stage);
        timer.advanceMillis(10_000);
        stage.complete("later");
        assertThat(result.join()).isEqualTo("later");
        assertThat(timer.waiting()).isZero();
        assertThat(breaker.snapshot()).returns(2L, s -> s.successes()).returns(0L, s -> s.failures());
        assertThat(limit.snapshot()).returns(0L, s -> s.exceeded()).returns(0L, s -> s.running());
    }

    @Test
    void aCallInFlightIsNotLimitedFromTheMomentWhenItIsOff() throws Exception {
        assertThat(call(String.class, () -> {
                    timer.advanceMillis(999);
                    enable(false);
                    timer.advanceMillis(86_400_000);
                    return "late";
                }))
                .isEqualTo("late");
        assertThat(Thread.interrupted()).isFalse();
        assertThat(limit.snapshot()).returns(0L, s -> s.exceeded()).returns(0L, s -> s.running());
    }

    @Test
    void aCallInFlightIsLimitedFromItsStartWhenItIsOnAgain() {
        assertThatThrownBy(() -> call(String.class, () -> {
                    enable(false);
                    timer.advanceMillis(5_000);
                    enable(true);
                    timer.advanceMillis(0);
                    Thread.sleep(60_000);
                    return "late";
                }))
                .isInstanceOf(TimeLimitExceededException.class)
                .hasSuppressedException(new InterruptedException("sleep interrupted"));
        assertThat(Thread.interrupted()).isFalse();
        assertThat(breaker.snapshot()).returns(1L, s -> s.failures());
    }

    @Test
    void noCallWaitsForABulkheadOrIsRejectedByIt() throws Exception {
        BulkheadSettings one = BulkheadSettings.defaults().maxConcurrentCalls(1).maxWaitingCalls(1);
        Bulkhead bulkhead = new Bulkhead("orders", one, Time.SYSTEM.with(timer));
        CompletableFuture<Object> first = new CompletableFuture<>();
        CompletableFuture<Object> second = new CompletableFuture<>();
        bulkhead.run(call -> first, "");
        CompletableFuture<Object> waits = bulkhead.submit(call -> "waited", "", Runnable::run);
        assertThat(waits).isNotDone();

        bulkhead.by("test").update(settings -> settings.enabled(false));
        assertThat(waits).isCompletedWithValue("waited");
        bulkhead.run(call -> second, "");
        assertThat(bulkhead.snapshot().callsInFlight()).isEqualTo(2);

        bulkhead.by("test").update(settings -> settings.enabled(true).maxWaitingCalls(0));
        first.complete("");
        assertThatThrownBy(() -> bulkhead.run(call -> "no", "")).isInstanceOf(BulkheadFullException.class);
        second.complete("");
        assertThat(bulkhead.run(call -> "yes", "")).isEqualTo("yes");
        assertThat(bulkhead.snapshot().callsInFlight()).isZero();
    }
}
