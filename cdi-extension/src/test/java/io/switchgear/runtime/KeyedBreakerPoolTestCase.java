// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.CircuitBreaker;
import io.switchgear.FailureRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.time.TestTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Tests of breakers by key in a shop, on a clock that the test advances. */
abstract class KeyedBreakerPoolTestCase {
    static final long IDLE_MILLIS = 600_000;

    final TestTime time = new TestTime();
    TestShop shop = new TestShop();

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

    @AfterEach
    void close() {
        shop.close();
    }
}
