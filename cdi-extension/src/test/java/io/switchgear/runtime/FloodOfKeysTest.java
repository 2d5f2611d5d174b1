// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchgear.CircuitBreaker;
import io.switchgear.FailureRule;
import io.switchgear.message.RecordedLog;
import io.switchgear.metrics.Meters;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.time.Ticker;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import javax.management.NotificationListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Very many keys, such as an attacker sends. The long form of the flood: {@code -Dtest=FloodOfKeysTest
 * -Dflood.keys=1000000}; it logs what it has measured.
 */
class FloodOfKeysTest extends KeyedBreakerPoolTestCase {
    private static final int KEYS = Integer.getInteger("flood.keys", 50_000);
    private static final int THREADS = 2;

    private static long usedMegabytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed() >> 20;
    }

    @Test
    void everythingStaysBoundedAndAKeyCostsMicroseconds(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("shop.properties");
        shop.close();
        shop = new TestShop(
                Map.of("switchgear.settings-file", file.toString(), "switchgear.settings-autosave", "true"));
        SimpleMeterRegistry meterRegistry = new SimpleMeterRegistry();
        shop.registry().listen(new Meters(List.of(meterRegistry), 50));
        AtomicInteger registrations = new AtomicInteger();
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        NotificationListener counter = (notification, handback) -> registrations.incrementAndGet();
        server.addNotificationListener(
                MBeanServerDelegate.DELEGATE_NAME,
                counter,
                notification -> ((MBeanServerNotification) notification)
                        .getMBeanName()
                        .getDomain()
                        .equals("io.switchgear"),
                null);
        int maxKeys = 1_000;
        KeyedBreakerPool keyed = new KeyedBreakerPool(
                shop.registry(), "hosts", maxKeys, TestShop.SETTINGS, FailureRule.ANY, Ticker.SYSTEM, closed -> {});
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        long heap = usedMegabytes();
        long began = System.nanoTime();
        List<String> lines;
        try (RecordedLog log = new RecordedLog()) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                String prefix = "k" + thread + "-";
                tasks.add(() -> {
                    for (int i = 0; i < KEYS / THREADS; i++) {
                        keyed.of(prefix + i).run(() -> {});
                    }
                    return true;
                });
            }
            for (Future<Boolean> done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
            lines = log.lines();
        } finally {
            threads.shutdownNow();
            server.removeNotificationListener(MBeanServerDelegate.DELEGATE_NAME, counter);
        }
        long micros = (System.nanoTime() - began) / 1_000;
        heap = usedMegabytes() - heap;
        System.getLogger("io.switchgear.test")
                .log(
                        System.Logger.Level.INFO,
                        "{0} keys of {1} threads: {2} us, heap {3} MB more, {4} MBeans, {5} registrations, {6} meters,"
                                + " {7} lines",
                        String.valueOf(KEYS),
                        THREADS,
                        String.valueOf(micros),
                        heap,
                        TestShop.mbeans().size(),
                        registrations,
                        meterRegistry.getMeters().size(),
                        lines.size());
        assertThat(names()).hasSize(maxKeys + 1);
        assertThat(TestShop.mbeans()).hasSize(maxKeys + 2);
        assertThat(registrations).as("no churn").hasValueLessThanOrEqualTo(maxKeys + 1);
        assertThat(meterRegistry.getMeters().stream()
                        .map(meter -> meter.getId().getTag("service"))
                        .distinct())
                .hasSize(50);
        assertThat(heap).as("MB").isLessThan(30);
        assertThat(lines).hasSizeLessThan(10);
        assertThat(Files.exists(file)).isFalse();
        assertThat(micros / THREADS).as("microseconds").isLessThan(2_000_000 + 20L * KEYS);
    }

    @Test
    void placesChangeHandsOnceInTenMinutesAtMost() {
        KeyedBreakerPool keyed = keyed(100);
        int keys = 0;
        for (int minute = 0; minute < 100; minute++) {
            for (int i = 0; i < 1_000; i++) {
                time.advanceMillis(60);
                call(keyed.of("k" + keys++));
            }
        }
        int created = shop.breakers().find("hosts/*").map(CircuitBreaker::snapshot).stream()
                .mapToInt(shared -> keys(shared.calls()))
                .map(shared -> 100_000 - shared)
                .sum();
        assertThat(keys).isEqualTo(100_000);
        assertThat(created).as("breakers created").isBetween(500, 1_100);
    }

    private static int keys(long calls) {
        return Math.toIntExact(calls);
    }

    @Test
    void keysAndWindowsTogetherAreBounded() {
        BreakerSettings large = BreakerSettings.builder()
                .tripOn(TripOn.CALL_WINDOW)
                .windowCalls(1_000_000)
                .build();
        assertThatThrownBy(() -> shop.breakers().perKey("hosts", 101, large))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxKeys times windowCalls must be <= 100000000 but was 101 times 1000000, for the keys of"
                        + " \"hosts\"; lower one of them");
        assertThat(shop.breakers().perKey("hosts", 100, large).of("a").configuredSettings())
                .isEqualTo(large);
    }

    @Test
    void configuredWindowsCountToo() throws Exception {
        shop.close();
        shop = new TestShop(Map.of("switchgear.breaker.\"hosts\".window-calls", "200000"));
        assertThatThrownBy(() -> shop.breakers().perKey("hosts", 1_000, TestShop.SETTINGS))
                .hasMessageStartingWith("maxKeys times windowCalls must be <= 100000000 but was 1000 times 200000");
    }
}
