// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreakers;
import io.switchgear.CircuitOpenException;
import io.switchgear.FailedCall;
import io.switchgear.FailureRule;
import io.switchgear.Guard;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.time.Scheduler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgrammaticGuardTest {
    private static final RetrySettings AT_ONCE =
            RetrySettings.defaults().with(Map.of(Setting.DELAY_MILLIS, 0, Setting.JITTER_PERCENT, 0));

    private final TestShop shop = new TestShop();
    private final CircuitBreakers breakers = shop.breakers();
    private final Registry registry = shop.registry();
    private int calls;

    @AfterEach
    void close() {
        shop.close();
        assertThat(TestShop.mbeans()).isEmpty();
    }

    private Guard.Builder<String> guard() {
        return breakers.guard("rates");
    }

    private Callable<String> failingTimes(int times) {
        return () -> {
            calls++;
            if (calls <= times) {
                throw new IOException("down");
            }
            return "up";
        };
    }

    @Test
    void allLayersAreMBeansUntilItIsClosed() throws Exception {
        Guard<String> guard = guard().breaker(TestShop.SETTINGS)
                .retry(AT_ONCE)
                .lastGood()
                .fallback(failed -> "?")
                .build();
        assertThat(TestShop.mbeans())
                .containsExactly("CircuitBreakers", "CircuitBreakers rates", "Fallbacks rates", "Retries rates");
        assertThat(guard.fallbacks().orElseThrow().description())
                .isEqualTo("last good value, then handler " + ProgrammaticGuardTest.class.getName());
        guard.close();
        guard.close();
        assertThat(TestShop.mbeans()).containsExactly("CircuitBreakers");
        assertThat(registry.tunables()).isEmpty();
        assertThat(guard.call(() -> "still")).as("calls go on").isEqualTo("still");
    }

    @Test
    void eachAttemptIsOneOutcomeAndTheFallbackReplacesTheLastFailure() throws Exception {
        List<FailedCall> failed = new ArrayList<>();
        Guard<String> guard = guard().breaker(TestShop.SETTINGS)
                .retry(AT_ONCE)
                .fallback(call -> {
                    failed.add(call);
                    return "instead";
                })
                .build();
        assertThat(guard.call("eur", failingTimes(2))).isEqualTo("up");
        assertThat(calls).isEqualTo(3);
        assertThat(guard.breaker().orElseThrow().snapshot().failures()).isEqualTo(2);

        calls = 0;
        assertThat(guard.call("usd", failingTimes(9))).isEqualTo("instead");
        assertThat(failed).singleElement().satisfies(call -> {
            assertThat(call.name()).isEqualTo("rates");
            assertThat(call.method()).isNull();
            assertThat(call.parameters()).containsExactly("usd");
            assertThat(call.failure()).isInstanceOf(IOException.class);
            assertThat(call.attempts()).isEqualTo(3);
        });
        assertThat(guard.call(failingTimes(0))).as("the breaker is open").isEqualTo("instead");
        assertThat(failed.get(1).parameters()).isEmpty();
        assertThat(failed.get(1).failure()).isInstanceOf(CircuitOpenException.class);
    }

    @Test
    void withoutAFallbackTheFailureReachesTheCallerUnchanged() {
        Guard<String> guard = guard().breaker(TestShop.SETTINGS).build();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> guard.call(failingTimes(9)))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("down");
        }
        assertThatThrownBy(() -> guard.call(failingTimes(9))).isExactlyInstanceOf(CircuitOpenException.class);
        assertThat(guard.callAsync(() -> CompletableFuture.completedFuture("")).toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(calls).isEqualTo(3);
        assertThat(guard.retries()).isEmpty();
        assertThat(guard.fallbacks()).isEmpty();
    }

    @Test
    void anErrorIsRetriedOnlyIfTheRuleSaysSo() {
        Callable<String> broken = () -> {
            calls++;
            throw new AssertionError("broken");
        };
        Guard<String> exceptions = guard().retry(AT_ONCE).build();
        assertThatThrownBy(() -> exceptions.call(broken)).isInstanceOf(AssertionError.class);
        assertThat(calls).isEqualTo(1);
        exceptions.close();
        Guard<String> all = guard().retry(AT_ONCE, FailureRule.ANY).build();
        assertThatThrownBy(() -> all.call(broken)).isInstanceOf(AssertionError.class);
        assertThat(calls).isEqualTo(4);
    }

    @Test
    void goodValuesAreKeptByTheKeyGivenWithTheCall() throws Exception {
        Guard<String> guard = guard().lastGood()
                .fallbackSettings(FallbackSettings.defaults().maxEntries(10))
                .build();
        guard.call("eur", () -> "1.08");
        guard.call(null, () -> "none");
        guard.call(() -> "without");
        assertThat(guard.call("eur", failingTimes(99))).isEqualTo("1.08");
        assertThat(guard.call((Object) null, failingTimes(99))).isEqualTo("none");
        assertThat(guard.call(failingTimes(99))).isEqualTo("without");
        assertThatThrownBy(() -> guard.call("usd", failingTimes(99))).isInstanceOf(IOException.class);
        assertThat(guard.fallbacks().orElseThrow().configuredSettings().maxEntries())
                .isEqualTo(10);
    }

    @Test
    void aFallbackReplacesTheFailuresThatItsRuleNames() throws Exception {
        Guard<String> guard = guard().fallback(failed -> "instead")
                .fallbackOn(new FailureRule(List.of(IOException.class), List.of()))
                .build();
        assertThat(guard.call(failingTimes(1))).isEqualTo("instead");
        assertThatThrownBy(() -> guard.call(() -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void asynchronousCallsWaitForARetryWithWhatTheRegistryWaitsWith() {
        List<Runnable> waiting = new ArrayList<>();
        Guard<String> guard = guard().breaker(TestShop.SETTINGS)
                .retry(RetrySettings.defaults())
                .build();
        shop.runtime.useSchedulerOf(() -> new Scheduler() {
            @Override
            public void pause(long nanos) {
                throw new AssertionError("no thread is to be held");
            }

            @Override
            public Executor threads() {
                return Runnable::run;
            }

            @Override
            public Executor delayed(long nanos) {
                return waiting::add;
            }
        });
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        List<CompletableFuture<String>> stages = new ArrayList<>(List.of(first, second));
        CompletableFuture<String> result =
                guard.callAsync("eur", () -> stages.remove(0)).toCompletableFuture();
        first.completeExceptionally(new IOException("down"));
        assertThat(result).isNotDone();
        waiting.remove(0).run();
        second.complete("up");
        assertThat(result).isCompletedWithValue("up");
        assertThat(guard.breaker().orElseThrow().snapshot())
                .returns(1L, s -> s.failures())
                .returns(1L, s -> s.successes());
    }

    @Test
    void asynchronousCallsFallBackToGoodValuesAndHandlers() {
        Guard<String> guard = guard().lastGood().fallback(failed -> "handled").build();
        guard.callAsync("eur", () -> CompletableFuture.completedFuture("1.08"));
        assertThat(guard.callAsync("eur", () -> CompletableFuture.failedFuture(new IOException()))
                        .toCompletableFuture())
                .isCompletedWithValue("1.08");
        assertThat(guard.callAsync(() -> CompletableFuture.failedFuture(new IOException()))
                        .toCompletableFuture())
                .isCompletedWithValue("handled");
    }

    @Test
    void theBreakerCountsTheFallbacksOfItsCalls() throws Exception {
        Guard<String> guard = guard().breaker(TestShop.SETTINGS)
                .lastGood()
                .fallback(failed -> "handled")
                .build();
        guard.call("eur", () -> "1.08");
        assertThat(guard.call("eur", failingTimes(9))).isEqualTo("1.08");
        assertThat(guard.call("usd", failingTimes(9))).isEqualTo("handled");
        assertThat(guard.callAsync("usd", () -> CompletableFuture.failedFuture(new IOException()))
                        .toCompletableFuture())
                .isCompletedWithValue("handled");
        guard.breaker().orElseThrow().forceOpen("drill");
        assertThat(guard.call("eur", () -> "never")).isEqualTo("1.08");
        assertThat(guard.breaker().orElseThrow().snapshot())
                .returns(4L, s -> s.fallbacks())
                .returns(3L, s -> s.failures())
                .returns(1L, s -> s.rejected());
    }

    @Test
    void aStageThatReplacesAPlainResultCountsToo() throws Exception {
        CompletableFuture<String> handled = CompletableFuture.completedFuture("handled");
        Guard<Object> guard = breakers.guard("rates")
                .breaker(TestShop.SETTINGS)
                .fallback(failed -> {
                    Object plain = handled;
                    return plain;
                })
                .build();
        assertThat(guard.call(() -> {
                    throw new IOException("down");
                }))
                .isSameAs(handled);
        assertThat(guard.breaker().orElseThrow().snapshot().fallbacks()).isEqualTo(1);
        assertThat(guard.fallbacks().orElseThrow().snapshot().handled()).isEqualTo(1);
        guard.close();
    }

    @Test
    void guardsOfOneNameShareBreakerAndRetriesUntilTheLastIsClosed() {
        Guard<String> one = guard().breaker(TestShop.SETTINGS).retry(AT_ONCE).build();
        Guard<String> two = guard().breaker(TestShop.SETTINGS).retry(AT_ONCE).build();
        assertThat(two.breaker().orElseThrow()).isSameAs(one.breaker().orElseThrow());
        assertThat(two.retries().orElseThrow()).isSameAs(one.retries().orElseThrow());
        one.close();
        one.close();
        assertThat(TestShop.mbeans()).containsExactly("CircuitBreakers", "CircuitBreakers rates", "Retries rates");
        two.close();
        assertThat(TestShop.mbeans()).containsExactly("CircuitBreakers");
    }

    @Test
    void aBreakerCreatedSeparatelyOutlivesTheGuard() {
        breakers.create("rates", TestShop.SETTINGS);
        guard().breaker(TestShop.SETTINGS).build().close();
        assertThat(breakers.find("rates")).isPresent();
        assertThat(breakers.remove("rates")).isTrue();
    }

    @Test
    void aGuardThatIsRefusedNamesAllReasonsAndLeavesNothing() {
        guard().breaker(TestShop.SETTINGS).retry(AT_ONCE).fallback(failed -> "").build();
        Guard.Builder<String> other = guard().breaker(BreakerSettings.defaults())
                .retry(RetrySettings.defaults())
                .fallback(failed -> "")
                .fallbackOn(new FailureRule(List.of(Throwable.class), List.of(), "bad"::equals));
        assertThatThrownBy(other::build)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name \"rates\" is that of the breaker created in code")
                .hasMessageContaining("name \"rates\" is that of the retry created in code")
                .hasMessageContaining("name \"rates\" is that of a fallback already; choose another name")
                .hasMessageContaining("has failWhen in the rule of its fallback");
        assertThat(registry.tunables()).hasSize(3);
        Guard.Builder<String> half = breakers.<String>guard("new").breaker(TestShop.SETTINGS);
        half.fallbackOn(FailureRule.ANY);
        assertThatThrownBy(half::build)
                .hasMessage("the guard \"new\" has settings or a rule of a fallback but none; give it a fallback or"
                        + " lastGood");
        assertThat(breakers.find("new")).isEmpty();
    }

    @Test
    void aGuardOfNothingOrWithoutAUsableNameIsRefused() {
        assertThatThrownBy(() -> guard().build())
                .hasMessage("the guard \"rates\" has nothing to guard with; give it a breaker, a bulkhead, a retry, a"
                        + " time limit, a fallback or lastGood");
        assertThatThrownBy(() -> breakers.guard(" ").breaker(TestShop.SETTINGS).build())
                .hasMessageStartingWith("name must be 1 to 200 characters");
        assertThat(registry.tunables()).isEmpty();
    }
}
