// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchgear.CircuitBreaker;
import io.switchgear.metrics.Meters;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.CircuitState;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What becomes of a breaker by key that is evicted or removed while something still uses it. */
class EvictedBreakerTest extends KeyedBreakerPoolTestCase {
    private static void fail(CircuitBreaker breaker) {
        KeysThatLockOutOthersTest.fail(breaker, 1);
    }

    /** Evicts all breakers that are idle. */
    private void evict(KeyedBreakerPool keyed) {
        idle(keyed, IDLE_MILLIS);
    }

    @Test
    void lateOutcomesDecideNothingForTheBreakerThatReplacesIt() {
        KeyedBreakerPool keyed =
                keyed(10, TestShop.SETTINGS.toBuilder().maxConcurrentCalls(3).build());
        CircuitBreaker before = keyed.of("a");
        List<CompletableFuture<String>> pending = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            CompletableFuture<String> stage = new CompletableFuture<>();
            before.callAsync(() -> stage);
            pending.add(stage);
        }
        assertThat(keyed.remove("a")).isTrue();
        CircuitBreaker after = keyed.of("a");
        assertThat(after).isNotSameAs(before);
        pending.forEach(stage -> stage.completeExceptionally(new IllegalStateException("down")));
        assertThat(before.snapshot().callsInFlight()).isZero();
        assertThat(before.snapshot().state()).isEqualTo(CircuitState.OPEN);
        assertThat(after.snapshot().state()).isEqualTo(CircuitState.CLOSED);
        assertThat(after.snapshot().calls()).isZero();
        before.reset();
        for (int i = 0; i < 3; i++) {
            before.callAsync(CompletableFuture::new);
        }
        assertThat(before.snapshot().callsInFlight())
                .as("all places had come back")
                .isEqualTo(3);
        assertThat(before.snapshot().rejected()).isZero();
    }

    @Test
    void aCallerThatKeptItIsJudgedAsBefore() {
        KeyedBreakerPool keyed = keyed(10);
        CircuitBreaker kept = keyed.of("a");
        evict(keyed);
        assertThat(keyed.of("a")).isNotSameAs(kept);
        for (int i = 0; i < 3; i++) {
            fail(kept);
        }
        assertThat(kept.snapshot().state()).isEqualTo(CircuitState.OPEN);
        call(keyed.of("a"));
        assertThat(shop.breakers().report().attention()).isEmpty();
    }

    @Test
    void anOperatorThatLooksAtItGetsTheRefusalOfJmx() throws Exception {
        KeyedBreakerPool keyed = keyed(10);
        CircuitBreaker evicted = keyed.of("a");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("io.switchgear:type=CircuitBreakers,application=test shop,name=\"hosts/a\"");
        assertThat(server.getAttribute(name, "State")).isEqualTo("CLOSED");
        evict(keyed);
        assertThatThrownBy(() -> server.getAttribute(name, "State")).isInstanceOf(InstanceNotFoundException.class);
        CircuitBreaker next = keyed.of("a");
        BlockingQueue<Notification> received = new LinkedBlockingQueue<>();
        server.addNotificationListener(
                new ObjectName("io.switchgear:type=CircuitBreakers,application=test shop"),
                (notification, handback) -> received.add(notification),
                null,
                null);
        evicted.forceOpen("test");
        next.observe("the one in use");
        assertThat(received.poll(10, TimeUnit.SECONDS))
                .as("the evicted breaker, which has no MBean, sends none")
                .isNotNull()
                .satisfies(first -> assertThat(first.getMessage()).contains("the one in use"));
        assertThat(server.getAttribute(name, "State")).isEqualTo("CLOSED");
    }

    @Test
    void oneThatWasOpenLeavesNoGaugeAndNoAttentionBehind() {
        SimpleMeterRegistry meterRegistry = new SimpleMeterRegistry();
        shop.registry().listen(new Meters(List.of(meterRegistry), 100));
        KeyedBreakerPool keyed = keyed(10);
        for (int i = 0; i < 3; i++) {
            fail(keyed.of("a"));
        }
        assertThat(meterRegistry
                        .get("circuit.breaker.state")
                        .tag("service", "hosts/a")
                        .gauge()
                        .value())
                .isEqualTo(2);
        keyed.of("a").halfOpenNow();
        evict(keyed);
        assertThat(meterRegistry.getMeters())
                .noneMatch(meter -> "hosts/a".equals(meter.getId().getTag("service")));
        assertThat(shop.breakers().report().attention()).isEmpty();
    }

    @Test
    void itsCountersBeginAgainAtZero() {
        SimpleMeterRegistry meterRegistry = new SimpleMeterRegistry();
        shop.registry().listen(new Meters(List.of(meterRegistry), 100));
        KeyedBreakerPool keyed = keyed(10);
        fail(keyed.of("a"));
        assertThat(failures(meterRegistry)).isEqualTo(1);
        evict(keyed);
        keyed.of("a");
        assertThat(failures(meterRegistry)).isZero();
        fail(keyed.of("a"));
        assertThat(failures(meterRegistry)).isEqualTo(1);
    }

    private static double failures(SimpleMeterRegistry meterRegistry) {
        return meterRegistry.get("circuit.breaker.failures").tag("service", "hosts/a").functionCounters().stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
    }

    @Test
    void nothingButTheSweepHoldsItInMemory() {
        shop.registry().listen(new Meters(List.of(new SimpleMeterRegistry()), 100));
        KeyedBreakerPool keyed = keyed(10);
        List<WeakReference<CircuitBreaker>> evicted = new ArrayList<>();
        for (String key : List.of("a", "b", "c", "d")) {
            for (int i = 0; i < 3; i++) {
                fail(keyed.of(key));
            }
            keyed.of(key).halfOpenNow();
            evicted.add(new WeakReference<>(keyed.of(key)));
        }
        evict(keyed);
        assertThat(names()).containsExactly("hosts/first look", "hosts/second look");
        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            System.gc();
            assertThat(evicted)
                    .as("the sweep remembers the last one that it inspected")
                    .filteredOn(each -> each.get() != null)
                    .hasSizeLessThanOrEqualTo(1);
        });
    }

    @Test
    void eightThreadsThatBringAKeyWhileItIsEvictedLoseNoOutcome() throws Exception {
        int threads = 8;
        int rounds = 100;
        KeyedBreakerPool keyed =
                keyed(1, BreakerSettings.builder().openMillis(0).build());
        AtomicInteger failed = new AtomicInteger();
        CyclicBarrier barrier = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                tasks.add(() -> {
                    for (int round = 0; round < rounds; round++) {
                        barrier.await();
                        CircuitBreaker breaker = keyed.of(number % 2 == 0 ? "a" : "b" + round);
                        try {
                            breaker.run(() -> {
                                throw new IllegalStateException("down");
                            });
                        } catch (IllegalStateException down) {
                            failed.incrementAndGet();
                        }
                        if (barrier.await() == 0) {
                            time.advanceMillis(IDLE_MILLIS);
                        }
                    }
                    return true;
                });
            }
            for (Future<Boolean> done : pool.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(failed).hasPositiveValue();
        assertThat(shop.breakers().all())
                .hasSizeBetween(1, 2)
                .allSatisfy(breaker ->
                        assertThat(breaker.snapshot().callsInFlight()).isZero());
        assertThat(TestShop.mbeans()).hasSize(names().size() + 1);
    }
}
