// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import static org.awaitility.Awaitility.await;

import io.switchgear.console.Generator;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;

/** A monitor of real breakers, through a real connector. */
abstract class MonitorTestCase {
    static final Duration SOON = Duration.ofSeconds(10);

    final Generator shop;
    final LocalLink local;
    final Monitor monitor;

    MonitorTestCase(int breakers) throws Exception {
        shop = new Generator("shop", breakers);
        local = new LocalLink(Map.of());
        monitor = new Monitor(local.link(), view -> {});
    }

    @AfterEach
    void close() throws Exception {
        monitor.close();
        local.close();
        shop.close();
    }

    View viewOf(Predicate<View> wanted) {
        await().atMost(SOON).until(() -> wanted.test(monitor.last()));
        return monitor.last();
    }
}
