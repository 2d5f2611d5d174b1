// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitBreaker;
import io.switchgear.settings.BreakerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred nodes on one file: each has a change within two looks, and none loses a count. */
class HundredNodesFollowOneFileTest {
    private static final int NODES = 100;

    @TempDir
    private Path directory;

    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<TestShop> nodes = new ArrayList<>();
    private final List<CircuitBreaker> breakers = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(TestShop::close);
        assertThat(scheduler.waiting).isEmpty();
    }

    private void start(Path file) {
        for (int i = 0; i < NODES; i++) {
            TestShop node = new TestShop(
                    Map.of(
                            "switchgear.follow", file.toString(),
                            "switchgear.follow-seconds", "1",
                            "switchgear.jmx.enabled", "false"),
                    scheduler);
            nodes.add(node);
            breakers.add(node.breakers()
                    .create(
                            "users",
                            BreakerSettings.builder()
                                    .failureThreshold(1_000_000)
                                    .build()));
        }
    }

    private LongStream thresholds() {
        return breakers.stream()
                .mapToLong(breaker -> breaker.snapshot().settings().failureThreshold());
    }

    @Test
    void eachHasAChangeWithinTwoLooksAndNoCountIsLost() throws Exception {
        Path file = Files.writeString(directory.resolve("fleet.properties"), "# nothing\n");
        start(file);
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> callers = new ArrayList<>();
        List<AtomicLong> made = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            AtomicLong calls = new AtomicLong();
            made.add(calls);
            int first = i * NODES / 2;
            callers.add(new Thread(() -> {
                while (!stop.get()) {
                    for (int node = first; node < first + NODES / 2; node++) {
                        fail(breakers.get(node));
                    }
                    calls.incrementAndGet();
                }
            }));
        }
        callers.forEach(Thread::start);
        for (int change = 1; change <= 20; change++) {
            int value = 500_000 + change;
            Path next = Files.writeString(
                    directory.resolve("next"), "switchgear.breaker.\"users\".failure-threshold=" + value + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            scheduler.twice();
            assertThat(thresholds()).hasSize(NODES).containsOnly((long) value);
        }
        stop.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
        for (int node = 0; node < NODES; node++) {
            long calls = made.get(node * 2 / NODES).get();
            var snapshot = breakers.get(node).snapshot();
            assertThat(snapshot.failures()).isEqualTo(calls);
            assertThat(snapshot.consecutiveFailures()).isEqualTo((int) calls);
        }
    }

    private static void fail(CircuitBreaker breaker) {
        try {
            breaker.call(() -> {
                throw new java.io.IOException("down");
            });
        } catch (Exception expected) {
            // counted by the breaker
        }
    }
}
