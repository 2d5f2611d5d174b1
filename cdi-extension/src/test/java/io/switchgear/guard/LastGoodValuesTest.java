// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.Setting;
import io.switchgear.time.TestScheduler;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which results {@link LastGoodValues} keeps and for how long, as seen through a {@link GuardPipeline}. */
class LastGoodValuesTest {
    private final TestTime time = new TestTime();
    private final TestScheduler delay = new TestScheduler(time);

    @Test
    void theLastGoodValueOfTheSameArgumentsIsUsedUntilItIsTooOld() throws Exception {
        FallbackSettings settings = FallbackSettings.defaults();
        Fallback<String> fallback = new Fallback<>(
                "orders",
                settings,
                FailureRule.ANY,
                "test",
                (call, failure, attempts) -> "plan B",
                new LastGoodValues(settings, time),
                call -> new Object[] {call, new int[] {1}});
        GuardPipeline<String> layers =
                new GuardPipeline<>(String.class, GuardLayers.on(delay).with(fallback));
        assertThat(layers.call(call -> call + " good", "a")).isEqualTo("a good");
        assertThat(layers.call(call -> null, "n")).isNull();
        assertThat(broken(layers, "a")).isEqualTo("a good");
        assertThat(broken(layers, "n")).as("nothing may be a good value too").isNull();
        assertThat(broken(layers, "b")).isEqualTo("plan B");
        assertThat(broken(layers, "b")).as("a replacement is not kept").isEqualTo("plan B");
        time.advanceMillis(settings.ttlMillis() - 1);
        assertThat(broken(layers, "a")).isEqualTo("a good");
        time.advanceMillis(1);
        assertThat(broken(layers, "a")).isEqualTo("plan B");
        assertThat(fallback.snapshot())
                .returns(3L, s -> s.lastGoodHits())
                .returns(3L, s -> s.lastGoodMisses())
                .returns(3L, s -> s.handled());
    }

    @Test
    void aValueRenewedWithinASecondIsUsedForItsWholeTime() throws Exception {
        FallbackSettings settings = FallbackSettings.defaults().with(Map.of(Setting.TTL_MILLIS, 1_500));
        Fallback<String> fallback = new Fallback<>(
                "orders",
                settings,
                FailureRule.ANY,
                "test",
                (call, failure, attempts) -> "plan B",
                new LastGoodValues(settings, time),
                call -> new Object[] {call});
        GuardPipeline<String> layers =
                new GuardPipeline<>(String.class, GuardLayers.on(delay).with(fallback));
        layers.call(call -> "old", "a");
        time.advanceMillis(900);
        layers.call(call -> "new", "a");
        time.advanceMillis(1_499);
        assertThat(broken(layers, "a")).isEqualTo("new");
        time.advanceMillis(1);
        assertThat(broken(layers, "a")).isEqualTo("plan B");
        layers.call(call -> "newest", "a");
        fallback.by("test").update(now -> now.with(Map.of(Setting.TTL_MILLIS, 100)));
        time.advanceMillis(100);
        assertThat(broken(layers, "a")).isEqualTo("plan B");
    }

    private static Object broken(GuardPipeline<String> layers, String call) throws Exception {
        return layers.call(
                each -> {
                    throw new IOException("down");
                },
                call);
    }

    @Test
    void agesAndNumbersOfGoodValuesCanBeChangedLive() throws Exception {
        FallbackSettings settings = FallbackSettings.defaults();
        Fallback<String> fallback = new Fallback<>(
                "orders", settings, FailureRule.ANY, "", null, new LastGoodValues(settings, time), call ->
                        new Object[] {call});
        GuardPipeline<String> layers =
                new GuardPipeline<>(String.class, GuardLayers.on(delay).with(fallback));
        for (int i = 0; i < 500; i++) {
            layers.call(call -> call, "call " + i);
        }
        fallback.by("alice").update(now -> now.maxEntries(3));
        assertThat(fallback.snapshot().lastGoodValues()).isLessThanOrEqualTo(3);
        layers.call(call -> call, "young");
        time.advanceMillis(60_000);
        assertThat(broken(layers, "young")).isEqualTo("young");
        fallback.by("alice").update(now -> now.with(Map.of(Setting.TTL_MILLIS, 60_000)));
        assertThatThrownBy(() -> broken(layers, "young")).isInstanceOf(IOException.class);
    }

    @Test
    void aResultThatTheBreakerRefusesIsNotKept() throws Exception {
        FallbackSettings settings = FallbackSettings.defaults();
        FailureRule refusing = new FailureRule(List.of(Throwable.class), List.of(), "bad"::equals);
        Breaker strict = new Breaker("strict", BreakerSettings.defaults(), refusing, time, time, transition -> {});
        Fallback<String> fallback = new Fallback<>(
                "orders",
                settings,
                FailureRule.ANY,
                "",
                null,
                new LastGoodValues(settings, time),
                call -> new Object[0]);
        GuardPipeline<String> layers = new GuardPipeline<>(
                String.class, GuardLayers.on(delay).with(strict).with(fallback));
        assertThat(layers.call(call -> call, "good")).isEqualTo("good");
        assertThat(layers.call(call -> call, "bad")).isEqualTo("bad");
        assertThat(broken(layers, "")).isEqualTo("good");
    }

    private <C> GuardPipeline<C> keeping() {
        FallbackSettings settings = FallbackSettings.defaults();
        Fallback<C> fallback = new Fallback<>(
                "orders", settings, FailureRule.ANY, "", null, new LastGoodValues(settings, time), call ->
                        new Object[] {call});
        return new GuardPipeline<>(Object.class, GuardLayers.on(delay).with(fallback));
    }

    @Test
    void whatACallWritesIntoItsArgumentsDoesNotChangeTheirKey() throws Exception {
        GuardPipeline<byte[]> accounts = keeping();
        byte[] right = {1};
        assertThat(accounts.call(pin -> wiped(pin, "account of alice"), right)).isEqualTo("account of alice");
        assertThatThrownBy(() -> accounts.call(
                        pin -> {
                            Arrays.fill(pin, (byte) 0);
                            throw new IOException("wrong");
                        },
                        new byte[] {2}))
                .isInstanceOf(IOException.class);
        assertThat(accounts.call(
                        pin -> {
                            throw new IOException("down");
                        },
                        new byte[] {1}))
                .isEqualTo("account of alice");
    }

    private static String wiped(byte[] pin, String account) {
        Arrays.fill(pin, (byte) 0);
        return account;
    }

    /** Behaves as a collection of an entity whose session is closed. */
    private static final class Lazy extends AbstractList<String> {
        @Override
        public String get(int index) {
            throw new IllegalStateException("session closed");
        }

        @Override
        public int size() {
            throw new IllegalStateException("session closed");
        }
    }

    @Test
    void anArgumentThatCannotBeAKeyFailsNoCall() throws Exception {
        GuardPipeline<Lazy> orders = keeping();
        assertThat(orders.call(call -> "placed", new Lazy())).isEqualTo("placed");
        assertThatThrownBy(() -> orders.call(
                        call -> {
                            throw new IOException("down");
                        },
                        new Lazy()))
                .isInstanceOf(IOException.class);
    }
}
