// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.time.TestScheduler;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How {@link GuardPipeline} combines a breaker, retries and a fallback in synchronous calls. */
class GuardPipelineTest {
    private static final RetrySettings STEADY =
            RetrySettings.defaults().with(Map.of(Setting.JITTER_PERCENT, 0, Setting.MIN_RETRIES_PER_SECOND, 10_000));

    private final TestTime time = new TestTime();
    private final TestScheduler delay = new TestScheduler(time);
    private final Breaker breaker = breaker(100);
    private final Retry retry = retry(STEADY);
    private final AtomicInteger calls = new AtomicInteger();

    private Breaker breaker(int failureThreshold) {
        BreakerSettings settings =
                BreakerSettings.builder().failureThreshold(failureThreshold).build();
        return new Breaker("orders", settings, FailureRule.ANY, time, time, transition -> {});
    }

    private Retry retry(RetrySettings settings) {
        return new Retry("orders", settings, FailureRule.ANY, time, time, () -> 0);
    }

    private Fallback<Callable<?>> fallback(FallbackSettings settings, Recovery<Callable<?>> recovery) {
        return new Fallback<>("orders", settings, FailureRule.ANY, "test", recovery);
    }

    private GuardPipeline<Callable<?>> layers(Breaker breaker, Retry retry, Fallback<Callable<?>> fallback) {
        return new GuardPipeline<>(
                String.class, GuardLayers.on(delay).with(breaker).with(retry).with(fallback));
    }

    private Object call(GuardPipeline<Callable<?>> layers, Callable<?> action) throws Exception {
        return layers.call(
                each -> {
                    calls.incrementAndGet();
                    return each.call();
                },
                action);
    }

    private static Callable<?> failing() {
        return () -> {
            throw new IOException("down");
        };
    }

    private Callable<?> failingTimes(int times) {
        return () -> {
            if (calls.get() <= times) {
                throw new IOException("down");
            }
            return "up";
        };
    }

    @Test
    void aCallThatFailsTwiceSucceedsWithTheThirdAttempt() throws Exception {
        assertThat(call(layers(breaker, retry, null), failingTimes(2))).isEqualTo("up");
        assertThat(calls).hasValue(3);
        assertThat(delay.pausesMillis).containsExactly(200L, 400L);
        assertThat(breaker.snapshot()).returns(2L, s -> s.failures()).returns(1L, s -> s.successes());
        assertThat(retry.snapshot()).returns(3L, s -> s.attempts()).returns(1L, s -> s.recovered());
    }

    @Test
    void theLastFailureReachesTheCallerUnchanged() {
        assertThatThrownBy(() -> call(layers(breaker, retry, null), failing()))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("down");
        assertThat(calls).hasValue(3);
    }

    @Test
    void retriesEndWithTheLastFailureWhenTheBreakerOpens() {
        assertThatThrownBy(() -> call(layers(breaker(2), retry, null), failing()))
                .isInstanceOf(IOException.class);
        assertThat(calls).hasValue(2);
        assertThat(delay.pausesMillis).as("no wait for a breaker that is open").hasSize(1);
        assertThat(retry.snapshot()).returns(2L, s -> s.attempts()).returns(1L, s -> s.retries());
        assertThatThrownBy(() -> call(layers(breaker(1), retry, null), failing()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aRejectionThatIsToBeRetriedIsWaitedFor() {
        Retry patient = new Retry(
                "orders",
                STEADY,
                new FailureRule(List.of(Exception.class, CircuitOpenException.class), List.of()),
                time,
                time,
                () -> 0);
        assertThatThrownBy(() -> call(layers(breaker(1), patient, null), failing()))
                .isInstanceOf(CircuitOpenException.class);
        assertThat(delay.pausesMillis).hasSize(2);
    }

    @Test
    void withEveryCallFailingTheLoadStaysWithinABudget() {
        Retry budgeted = retry(RetrySettings.defaults().with(Map.of(Setting.DELAY_MILLIS, 0)));
        GuardPipeline<Callable<?>> layers = layers(breaker(1_000_000), budgeted, null);
        int wanted = 10_000;
        int seconds = 10;
        for (int i = 0; i < wanted; i++) {
            assertThatThrownBy(() -> call(layers, failing())).isInstanceOf(IOException.class);
            time.advanceMillis(i % (wanted / 1_000 / seconds) == 0 ? 1 : 0);
        }
        // the retries of one second, and then none
        assertThat(calls.get() - wanted).isEqualTo(10);
        assertThat(budgeted.snapshot())
                .returns((long) calls.get(), s -> s.attempts())
                .returns((long) calls.get() - wanted, s -> s.retries())
                .matches(s -> s.refusedByBudget() > 9_000, "nearly all were refused a retry");
    }

    @Test
    void whatWasSavedUpDoesNotMultiplyAnOutage() {
        Retry budgeted = retry(RetrySettings.defaults().with(Map.of(Setting.DELAY_MILLIS, 0)));
        GuardPipeline<Callable<?>> layers = layers(breaker(1_000_000), budgeted, null);
        for (int i = 0; i < 10_000; i++) {
            assertThat(budgeted.returned("good", 1, budgeted.begin(), 0)).isEqualTo(Retry.NO);
        }
        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> call(layers, failing())).isInstanceOf(IOException.class);
        }
        assertThat(calls).hasValue(1_000 + 100 + 10);
    }

    @Test
    void aThreadInterruptedWhileWaitingGetsTheFailureAtOnce() {
        Fallback<Callable<?>> fallback = fallback(FallbackSettings.defaults(), (call, failure, attempts) -> "never");
        // the random number is drawn for the wait, after the call
        Retry interrupting = new Retry("orders", STEADY, FailureRule.ANY, time, time, () -> {
            Thread.currentThread().interrupt();
            return 0;
        });
        assertThatThrownBy(() -> call(layers(breaker, interrupting, fallback), failing()))
                .isInstanceOf(IOException.class)
                .satisfies(
                        thrown -> assertThat(thrown.getSuppressed()).hasOnlyElementsOfType(InterruptedException.class));
        assertThat(Thread.interrupted()).as("the caller can see it too").isTrue();
        assertThat(calls).hasValue(1);
    }

    @Test
    void aThreadInterruptedDuringTheCallDoesNotWait() {
        assertThatThrownBy(() -> call(layers(breaker, retry, null), () -> {
                    Thread.currentThread().interrupt();
                    throw new IOException("down");
                }))
                .isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(calls).hasValue(1);
        assertThat(retry.snapshot().retries()).isZero();
    }

    @Test
    void theFallbackIsUsedAfterTheLastAttempt() throws Exception {
        Fallback<Callable<?>> fallback = fallback(
                FallbackSettings.defaults(), (call, failure, attempts) -> failure.getMessage() + " after " + attempts);
        assertThat(call(layers(breaker, retry, fallback), failing())).isEqualTo("down after 3");
        assertThat(fallback.snapshot()).returns(1L, s -> s.handled()).returns(0L, s -> s.failed());
    }

    @Test
    void aFallbackThatFailsThrowsItsOwnFailureWithTheFirstOneAttached() {
        Fallback<Callable<?>> fallback = fallback(FallbackSettings.defaults(), (call, failure, attempts) -> {
            throw new IllegalStateException("no plan B");
        });
        assertThatThrownBy(() -> call(layers(breaker, null, fallback), failing()))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("no plan B")
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasOnlyElementsOfType(IOException.class));
        assertThat(fallback.snapshot()).returns(0L, s -> s.handled()).returns(1L, s -> s.failed());
    }

    @Test
    void aFallbackThatThrowsTheFailureAgainIsNotSuppressedByItself() {
        Fallback<Callable<?>> fallback = fallback(FallbackSettings.defaults(), (call, failure, attempts) -> {
            throw (Exception) failure;
        });
        assertThatThrownBy(() -> call(layers(breaker, null, fallback), failing()))
                .isExactlyInstanceOf(IOException.class)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).isEmpty());
    }

    @Test
    void aFallbackMayBeForRejectedCallsAloneAndThatCanBeChangedLive() throws Exception {
        Fallback<Callable<?>> fallback =
                fallback(FallbackSettings.defaults().onlyWhenOpen(true), (call, failure, attempts) -> "plan B");
        Breaker fragile = breaker(1);
        GuardPipeline<Callable<?>> layers = layers(fragile, null, fallback);
        assertThatThrownBy(() -> call(layers, failing())).isInstanceOf(IOException.class);
        assertThat(call(layers, failing())).isEqualTo("plan B");
        fragile.reset();
        fallback.by("alice").update(now -> now.onlyWhenOpen(false));
        assertThat(call(layers, failing())).isEqualTo("plan B");
    }

    @Test
    void aCallUnderABreakerAloneIsLeftToItsCaller() {
        assertThat(layers(breaker, null, null).acquire()).isNotNull();
        assertThat(layers(breaker, retry, null).acquire()).isNull();
        assertThat(layers(null, retry, null).acquire()).isNull();
    }
}
