package io.switchgear.runtime;

import io.switchgear.CircuitBreaker;
import io.switchgear.FailureRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.time.TestTime;
import java.util.List;

/** Breakers by key in a shop, on a clock that a test advances. */
final class TestPool implements AutoCloseable {
    static final long IDLE_MILLIS = 600_000;

    final TestTime time = new TestTime();
    final TestShop shop;

    TestPool(TestShop shop) {
        this.shop = shop;
    }

    KeyedBreakerPool keyed(int maxKeys) {
        return keyed(maxKeys, TestShop.SETTINGS);
    }

    KeyedBreakerPool keyed(int maxKeys, BreakerSettings settings) {
        return new KeyedBreakerPool(shop.registry(), "hosts", maxKeys, settings, FailureRule.ANY, time, closed -> {});
    }

    List<String> names() {
        return shop.breakers().all().stream().map(CircuitBreaker::name).toList();
    }

    static void call(CircuitBreaker breaker) {
        breaker.run(() -> {});
    }

    /** Lets the pool look at each of its breakers twice, with this time between. */
    void idle(KeyedBreakerPool keyed, long millis) {
        keyed.of("first look").run(() -> {});
        time.advanceMillis(millis);
        keyed.of("second look").run(() -> {});
    }

    @Override
    public void close() {
        shop.close();
    }
}
