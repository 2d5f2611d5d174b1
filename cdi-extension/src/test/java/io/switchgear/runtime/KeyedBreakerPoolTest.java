// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.KeyedBreakers;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.BreakerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How {@link KeyedBreakerPool} gives keys their breakers, up to a maximum, and its names, settings and threads. */
class KeyedBreakerPoolTest extends KeyedBreakerPoolTestCase {
    @Test
    void aKeyHasABreakerWithItsMBean() {
        KeyedBreakerPool keyed = keyed(10);
        CircuitBreaker a = keyed.of("a");
        assertThat(keyed.of("a")).isSameAs(a);
        assertThat(keyed.of("b")).isNotSameAs(a);
        assertThat(a.name()).isEqualTo("hosts/a");
        assertThat(a.configuredSettings()).isEqualTo(TestShop.SETTINGS);
        assertThat(TestShop.mbeans())
                .containsExactly("CircuitBreakers", "CircuitBreakers hosts/a", "CircuitBreakers hosts/b");
    }

    @Test
    void keysBeyondTheMaximumShareOneBreakerAndAreLoggedOnce() {
        try (RecordedLog log = new RecordedLog()) {
            KeyedBreakerPool keyed = keyed(2);
            CircuitBreaker a = keyed.of("a");
            keyed.of("b");
            CircuitBreaker beyond = keyed.of("c");
            assertThat(beyond.name()).isEqualTo("hosts/*");
            assertThat(keyed.of("d")).isSameAs(beyond);
            assertThat(keyed.of("a")).isSameAs(a);
            assertThat(names()).containsExactly("hosts/*", "hosts/a", "hosts/b");
            assertThat(log.lines())
                    .filteredOn(line -> !line.contains("OBSERVING"))
                    .singleElement()
                    .asString()
                    .startsWith("WARNING SGR0022: hosts: there are breakers for 2 keys, the maximum");
        }
    }

    @Test
    void aKeyBeyondTheMaximumGetsItsOwnBreakerWhenThereIsRoom() {
        KeyedBreakerPool keyed = keyed(2);
        call(keyed.of("a"));
        call(keyed.of("b"));
        keyed.of("c");
        time.advanceMillis(IDLE_MILLIS);
        assertThat(keyed.of("c").name()).isEqualTo("hosts/c");
        assertThat(names()).containsExactly("hosts/*", "hosts/b", "hosts/c");
    }

    @Test
    void aKeyThatCannotBeUsedIsRefused() {
        KeyedBreakerPool keyed = keyed(10);
        for (String key : new String[] {null, "*", "", " ", "a\nb", "\u0000", "x".repeat(195)}) {
            assertThatThrownBy(() -> keyed.of(key))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("a key of \"hosts\" must be 1 to 194 characters, not blank, not * and"
                            + " without control or invisible characters, but was ");
        }
        assertThatThrownBy(() -> keyed.of("x".repeat(1_000_000)))
                .extracting(refused -> refused.getMessage().length())
                .as("no more of it is repeated than one wants to read")
                .matches(length -> length < 400);
        assertThat(names()).isEmpty();
        assertThat(keyed.of("x".repeat(194)).name()).hasSize(200);
        assertThat(keyed.of("\"a=*?,b\\\"").name()).isEqualTo("hosts/\"a=*?,b\\\"");
        assertThat(TestShop.mbeans()).contains("CircuitBreakers hosts/\"a=*?,b\\\"");
    }

    @Test
    void aNameOrNumberThatCannotBeUsedIsRefused() {
        for (int maxKeys : List.of(0, 100_001)) {
            assertThatThrownBy(() -> shop.breakers().perKey("hosts", maxKeys, TestShop.SETTINGS))
                    .hasMessage(
                            "maxKeys must be >= 1 and <= 100000 but was " + maxKeys + ", for the keys of \"hosts\"");
        }
        for (String name : List.of("", " ", "a\tb", "x".repeat(199))) {
            assertThatThrownBy(() -> shop.breakers().perKey(name, 1, TestShop.SETTINGS))
                    .hasMessageStartingWith("name must be 1 to 198 characters, not blank and without control");
        }
        assertThat(shop.breakers()
                        .perKey("x".repeat(198), 100_000, TestShop.SETTINGS)
                        .of("a")
                        .name())
                .hasSize(200);
    }

    @Test
    void aNameBelongsToOneSetOfBreakers() {
        CircuitBreakers breakers = shop.breakers();
        KeyedBreakers hosts = breakers.perKey("hosts", 5, TestShop.SETTINGS);
        assertThat(breakers.perKey("hosts", 5, TestShop.SETTINGS)).isSameAs(hosts);
        assertThat(hosts.name()).isEqualTo("hosts");
        assertThatThrownBy(() -> breakers.perKey("hosts", 6, TestShop.SETTINGS))
                .hasMessageContaining("\"hosts\" is that of breakers by key with maxKeys 5 there, 6 here");
        assertThatThrownBy(() -> breakers.perKey("hosts", 5, BreakerSettings.defaults()))
                .hasMessageContaining("which has other values");
        breakers.create("hosts/a", BreakerSettings.defaults());
        assertThatThrownBy(() -> hosts.of("a")).hasMessageContaining("which has other values");
    }

    @Test
    void whatIsConfiguredForAllIsWeakerThanWhatIsForOne() throws Exception {
        shop.close();
        shop = new TestShop(Map.of(
                "switchgear.default.failure-threshold", "5",
                "switchgear.breaker.\"hosts\".failure-threshold", "6",
                "switchgear.breaker.\"hosts\".open-millis", "60",
                "switchgear.breaker.\"hosts/b\".failure-threshold", "7"));
        KeyedBreakerPool keyed = keyed(1);
        assertThat(keyed.of("a").configuredSettings())
                .returns(6, BreakerSettings::failureThreshold)
                .returns(60L, BreakerSettings::openMillis);
        assertThat(keyed.remove("a")).isTrue();
        assertThat(keyed.of("b").configuredSettings())
                .returns(7, BreakerSettings::failureThreshold)
                .returns(60L, BreakerSettings::openMillis);
        assertThat(keyed.of("c").configuredSettings().failureThreshold()).isEqualTo(6);
    }

    @Test
    void whatIsRemovedLeavesNothingBehindWhateverItsState() {
        KeyedBreakerPool keyed = keyed(1);
        keyed.of("a").forceOpen("test");
        assertThat(keyed.remove("b")).isFalse();
        assertThat(keyed.remove(null)).isFalse();
        assertThat(keyed.remove("a")).isTrue();
        assertThat(keyed.remove("a")).isFalse();
        call(keyed.of("a"));
        keyed.of("b");
        keyed.close();
        keyed.close();
        assertThat(names()).isEmpty();
        assertThat(shop.registry().tunables()).isEmpty();
        assertThat(TestShop.mbeans()).containsExactly("CircuitBreakers");
        assertThatThrownBy(() -> keyed.of("a"))
                .hasMessage("the breakers by key \"hosts\" are closed; create them again");
    }

    @Test
    void theNameIsFreeWhenTheyAreClosed() {
        shop.breakers().perKey("hosts", 5, TestShop.SETTINGS).close();
        KeyedBreakers again = shop.breakers().perKey("hosts", 6, BreakerSettings.defaults());
        assertThat(again.of("a").configuredSettings()).isEqualTo(BreakerSettings.defaults());
    }

    @Test
    void aBreakerCreatedInCodeStaysWhenItsKeyIsRemoved() {
        CircuitBreaker created = shop.breakers().create("hosts/a", TestShop.SETTINGS);
        KeyedBreakerPool keyed = keyed(1);
        assertThat(keyed.of("a")).isSameAs(created);
        keyed.close();
        assertThat(shop.breakers().find("hosts/a")).containsSame(created);
    }

    @Test
    void manyThreadsWithManyKeysNeverHaveMoreThanAllowed() throws Exception {
        int threads = 4;
        int maxKeys = 20;
        KeyedBreakerPool keyed = keyed(maxKeys);
        Set<String> used = ConcurrentHashMap.newKeySet();
        CyclicBarrier barrier = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                tasks.add(() -> {
                    int seen = 0;
                    for (int round = 0; round < 50; round++) {
                        barrier.await();
                        // all threads request the same keys, and others than in the round before
                        for (int i = 0; i < 30; i++) {
                            CircuitBreaker breaker = keyed.of("k" + (round * 10 + i));
                            call(breaker);
                            used.add(breaker.name());
                            // under the lock, as otherwise all() may see some added and others removed
                            synchronized (shop.registry()) {
                                seen = Math.max(seen, shop.breakers().all().size());
                            }
                        }
                        if (barrier.await() == 0) {
                            time.advanceMillis(IDLE_MILLIS);
                        }
                    }
                    return seen;
                });
            }
            for (Future<Integer> seen : pool.invokeAll(tasks)) {
                assertThat(seen.get()).isBetween(1, maxKeys + 1);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(used).as("places were given to others").hasSizeGreaterThan(2 * maxKeys);
        assertThat(TestShop.mbeans()).as("and the one of all breakers").hasSize(names().size() + 1);
        keyed.close();
        assertThat(TestShop.mbeans()).containsExactly("CircuitBreakers");
    }

    @Test
    void threadsThatBringOneKeyGetOneBreaker() throws Exception {
        int threads = 4;
        KeyedBreakerPool keyed = keyed(1_000);
        CyclicBarrier barrier = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<List<CircuitBreaker>>> tasks = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                tasks.add(() -> {
                    List<CircuitBreaker> got = new ArrayList<>();
                    for (int i = 0; i < 200; i++) {
                        barrier.await();
                        got.add(keyed.of("k" + i));
                    }
                    return got;
                });
            }
            List<Future<List<CircuitBreaker>>> all = pool.invokeAll(tasks);
            for (Future<List<CircuitBreaker>> each : all) {
                assertThat(each.get()).isEqualTo(all.get(0).get());
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
