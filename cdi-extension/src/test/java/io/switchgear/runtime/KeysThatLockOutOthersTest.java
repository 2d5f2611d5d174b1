// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitOpenException;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys that fail or hang, on purpose or not, shut out no other key: not from a place, and not from the service. */
@Timeout(60)
class KeysThatLockOutOthersTest extends KeyedBreakerPoolTestCase {
    private static final BreakerSettings DUE_AT_ONCE =
            BreakerSettings.builder().failureThreshold(5).openMillis(0).build();
    private static final long HOUR_MILLIS = 3_600_000;

    static void fail(CircuitBreaker breaker, int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> breaker.run(() -> {
                        throw new IllegalStateException("down");
                    }))
                    .hasMessage("down");
        }
    }

    @Test
    void keysThatFailedAndAreNeverCalledAgainGiveTheirPlacesToOthers() {
        KeyedBreakerPool keyed = keyed(100, DUE_AT_ONCE);
        for (int i = 0; i < 100; i++) {
            fail(keyed.of("attack" + i), 5);
        }
        assertThat(shop.breakers().all())
                .extracting(breaker -> breaker.snapshot().state())
                .containsOnly(CircuitState.HALF_OPEN);
        // they were inspected when the last of them came, or will be now
        keyed.of("first look");
        for (int i = 0; i < 20; i++) {
            time.advanceMillis(1);
            keyed.of("first look");
        }
        time.advanceMillis(IDLE_MILLIS);
        for (int i = 0; i < 100; i++) {
            time.advanceMillis(1);
            assertThat(keyed.of("honest" + i).name()).isEqualTo("hosts/honest" + i);
        }
        assertThat(names()).noneMatch(name -> name.contains("attack"));
    }

    @Test
    void aListenerThatBlocksHoldsUpNoOtherKey() throws Exception {
        KeyedBreakerPool keyed = keyed(1);
        keyed.of("first");
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        shop.breakers().listen(transition -> {
            blocked.countDown();
            try {
                release.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        // not the common pool, which may have one thread
        Executor threads = task -> new Thread(task).start();
        CompletableFuture<CircuitBreaker> caller = CompletableFuture.supplyAsync(() -> keyed.of("second"), threads);
        blocked.await();
        try {
            assertThat(CompletableFuture.supplyAsync(() -> keyed.of("third"), threads))
                    .succeedsWithin(Duration.ofSeconds(10))
                    .returns("hosts/*", CircuitBreaker::name)
                    .returns(BreakerMode.OBSERVING, shared -> shared.snapshot().mode());
            CircuitBreaker shared = keyed.of("third");
            shared.automatic();
            assertThat(shared.snapshot().mode()).isEqualTo(BreakerMode.OBSERVING);
        } finally {
            release.countDown();
        }
        caller.join();
    }

    @Test
    void aTrialThatNeverEndsDoesNotHoldAPlaceForEver() {
        KeyedBreakerPool keyed = keyed(1, DUE_AT_ONCE);
        CircuitBreaker dead = keyed.of("dead");
        fail(dead, 5);
        CompletableFuture<String> lost = new CompletableFuture<>();
        dead.callAsync(() -> lost);
        assertThat(dead.snapshot().callsInFlight()).isEqualTo(1);
        time.advanceMillis(1);
        keyed.of("first look");
        time.advanceMillis(HOUR_MILLIS - 1);
        assertThat(keyed.of("honest").name()).as("a call may take long").isEqualTo("hosts/*");
        time.advanceMillis(1);
        assertThat(keyed.of("honest").name()).isEqualTo("hosts/honest");
        lost.complete("late");
        assertThat(dead.snapshot().callsInFlight()).isZero();
        assertThat(keyed.of("honest").snapshot().calls()).isZero();
    }

    @Test
    void anEvictionNeverEndsARejection() {
        KeyedBreakerPool keyed = keyed(1);
        CircuitBreaker dead = keyed.of("dead");
        fail(dead, 3);
        for (int i = 0; i < 10; i++) {
            keyed.of("flood" + i);
            time.advanceMillis(IDLE_MILLIS);
        }
        assertThat(keyed.of("dead")).isSameAs(dead);
        assertThatThrownBy(() -> call(dead)).isInstanceOf(CircuitOpenException.class);
        dead.by("alice").halfOpenNow();
        keyed.of("a look");
        time.advanceMillis(IDLE_MILLIS);
        assertThat(keyed.of("honest").name()).isEqualTo("hosts/honest");
    }

    @Test
    void oneThatIsCalledStaysWhateverItsState() {
        KeyedBreakerPool keyed = keyed(1, DUE_AT_ONCE);
        CircuitBreaker dead = keyed.of("dead");
        fail(dead, 5);
        for (int i = 0; i < 10; i++) {
            keyed.of("flood" + i);
            time.advanceMillis(IDLE_MILLIS - 1);
            keyed.of("flood again" + i);
            fail(dead, 1);
            time.advanceMillis(1);
        }
        assertThat(keyed.of("dead")).isSameAs(dead);
    }

    @Test
    void failuresOfFurtherKeysRejectNoOtherKey() {
        KeyedBreakerPool keyed = keyed(1);
        keyed.of("a");
        fail(keyed.of("attack"), 100);
        CircuitBreaker shared = keyed.of("honest");
        call(shared);
        assertThat(shared.name()).isEqualTo("hosts/*");
        assertThat(shared.snapshot())
                .returns(101L, snapshot -> snapshot.calls())
                .returns(100L, snapshot -> snapshot.failures())
                .returns(0L, snapshot -> snapshot.rejected())
                .returns(BreakerMode.OBSERVING, snapshot -> snapshot.mode())
                .returns(false, snapshot -> snapshot.modeReason().isEmpty());
    }

    @Test
    void hangingCallsOfFurtherKeysRejectNoOtherKey() {
        KeyedBreakerPool keyed =
                keyed(1, BreakerSettings.builder().maxConcurrentCalls(2).build());
        keyed.of("a");
        List<CompletableFuture<String>> hanging = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            CompletableFuture<String> never = new CompletableFuture<>();
            keyed.of("attack" + i).callAsync(() -> never);
            hanging.add(never);
        }
        CircuitBreaker shared = keyed.of("honest");
        call(shared);
        hanging.forEach(each -> each.complete("late"));
        assertThat(shared.snapshot().callsInFlight()).isZero();
        assertThat(shared.snapshot().successes()).isEqualTo(11);
    }

    @Test
    void aKeyCannotNameTheSharedBreaker() {
        KeyedBreakerPool keyed = keyed(1);
        assertThatThrownBy(() -> keyed.of("*"))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("not * and without control or invisible characters, but was \"*\"");
        assertThat(names()).isEmpty();
        assertThat(keyed.of("**").name()).isEqualTo("hosts/**");
    }

    @Test
    void aKeyCannotNameABreakerOfAnotherGroup() {
        shop.breakers().perKey("tenants", 1, TestShop.SETTINGS);
        for (String name : List.of("tenants/eu", "tenants/eu/west")) {
            assertThatThrownBy(() -> shop.breakers().perKey(name, 1, TestShop.SETTINGS))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "name \"" + name + "\" cannot be that of breakers by key beside \"tenants\", as a key of"
                                    + " one could be the name of a breaker of the other; choose a name that does not begin"
                                    + " with the other and a slash");
        }
        shop.breakers().perKey("eu/tenants", 1, TestShop.SETTINGS);
        assertThatThrownBy(() -> shop.breakers().perKey("eu", 1, TestShop.SETTINGS))
                .hasMessageStartingWith("name \"eu\" cannot be that of breakers by key beside \"eu/tenants\"");
        shop.breakers().perKey("tenants2", 1, TestShop.SETTINGS);
        assertThatThrownBy(() -> shop.breakers().perKey(null, 1, TestShop.SETTINGS))
                .hasMessageStartingWith("name must be 1 to 198 characters");
    }

    @Test
    void anOperatorMayForceTheSharedBreakerButNotLetItDecide() throws Exception {
        KeyedBreakerPool keyed = keyed(1);
        keyed.of("a");
        CircuitBreaker shared = keyed.of("b");
        shared.by("alice").forceOpen("flood");
        assertThatThrownBy(() -> call(keyed.of("c"))).isInstanceOf(CircuitOpenException.class);
        shared.by("alice").setMode(BreakerMode.FORCED_CLOSED, Duration.ofMinutes(1), "test");
        assertThat(shared.snapshot().mode()).isEqualTo(BreakerMode.FORCED_CLOSED);
        for (String operation : List.of("automatic", "reset")) {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("io.switchgear:type=CircuitBreakers,application=test shop"),
                            operation,
                            new Object[] {"*"},
                            new String[] {"java.lang.String"});
            assertThat(shared.snapshot().mode()).as(operation).isEqualTo(BreakerMode.OBSERVING);
            shared.by("alice").forceOpen("flood");
        }
        shared.by("alice").setMode(BreakerMode.FORCED_OPEN, Duration.ofNanos(1), "over at once");
        call(shared);
        assertThat(shared.snapshot().mode()).isEqualTo(BreakerMode.OBSERVING);
        fail(shared, 100);
        call(keyed.of("honest"));
    }

    @Test
    void keysThatOpenTheirBreakersDoNotFillTheLog() {
        try (RecordedLog log = new RecordedLog()) {
            KeyedBreakerPool keyed = keyed(1_000);
            for (int i = 0; i < 1_000; i++) {
                fail(keyed.of("attack" + i), 3);
            }
            assertThat(log.lines()).hasSizeBetween(20, 41);
        }
    }
}
