// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.console.Generator;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measures what a poll costs the console. */
class PollCostTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(ints = {200, 2000})
    void aPollOfManyBreakersIsCheap(int count) throws Exception {
        BlockingQueue<View> views = new LinkedBlockingQueue<>();
        try (Generator shop = new Generator("shop", count);
                LocalLink local = new LocalLink(Map.of())) {
            long started = System.nanoTime();
            Monitor monitor = new Monitor(local.link(), views::add);
            try {
                View first = views.poll(20, TimeUnit.SECONDS);
                long firstMillis = (System.nanoTime() - started) / 1_000_000;
                assertThat(first.rows()).hasSize(count);
                // the code is compiled after some polls
                for (int i = 0; i < 3; i++) {
                    shop.traffic(5);
                    views.poll(20, TimeUnit.SECONDS);
                }
                long before = cpuNanos();
                int polls = 5;
                for (int i = 0; i < polls; i++) {
                    views.poll(20, TimeUnit.SECONDS);
                }
                double millis = (cpuNanos() - before) / 1e6 / polls;
                System.out.printf(
                        "%d breakers: first view after %d ms, %.1f ms CPU per poll%n", count, firstMillis, millis);
                assertThat(millis).as("ms of CPU per poll, of 1000 ms").isLessThan(count / 1000.0 * 50 + 30);
            } finally {
                monitor.close();
            }
        }
    }

    /** Returns the time of the console's thread: deserialization is done there. */
    private static long cpuNanos() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("switchgear-console")) {
                return THREADS.getThreadCpuTime(thread.getId());
            }
        }
        throw new AssertionError("the thread is gone");
    }
}
