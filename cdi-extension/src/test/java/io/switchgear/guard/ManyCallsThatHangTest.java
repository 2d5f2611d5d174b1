// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.TimeLimitExceededException;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.time.JdkScheduler;
import io.switchgear.time.Scheduler;
import io.switchgear.time.Time;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Ten thousand calls through a service that hangs, with real threads and the JDK's timer. */
class ManyCallsThatHangTest {
    private static final int CALLS = 10_000;
    private static final int THREADS = 64;

    /** The JDK's scheduler, with the number of its tasks that have not run. */
    private static final class Counting implements Scheduler {
        private final Scheduler jdk = new JdkScheduler();
        private final AtomicInteger tasks = new AtomicInteger();

        @Override
        public void pause(long nanos) throws InterruptedException {
            jdk.pause(nanos);
        }

        @Override
        public Executor threads() {
            return jdk.threads();
        }

        @Override
        public Executor delayed(long nanos) {
            return task -> {
                tasks.incrementAndGet();
                jdk.delayed(nanos).execute(() -> {
                    tasks.decrementAndGet();
                    task.run();
                });
            };
        }
    }

    private final Counting scheduler = new Counting();
    private final TimeLimit limit =
            new TimeLimit("orders", TimeLimitSettings.defaults().limitMillis(5), Time.SYSTEM.with(scheduler));
    private final Breaker breaker = new Breaker(
            "orders",
            BreakerSettings.builder()
                    .failureThreshold(1_000_000)
                    .maxConcurrentCalls(THREADS)
                    .build(),
            FailureRule.ANY,
            transition -> {});
    private final GuardPipeline<Callable<?>> calls = new GuardPipeline<>(
            String.class, GuardLayers.on(scheduler).with(breaker).with(limit));

    @Test
    void leaveNoThreadNoInterruptionNoTaskAndNoCall() throws Exception {
        Set<Thread> before = threads();
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        LongAdder exceeded = new LongAdder();
        LongAdder interrupted = new LongAdder();
        CountDownLatch hang = new CountDownLatch(1);
        for (int i = 0; i < CALLS; i++) {
            // some return at about the limit, so that both ends meet
            boolean nearly = i % 4 == 0;
            pool.execute(() -> {
                try {
                    calls.call(Callable::call, () -> hang.await(nearly ? 5 : 60_000, TimeUnit.MILLISECONDS));
                } catch (TimeLimitExceededException expected) {
                    exceeded.increment();
                } catch (Exception unexpected) {
                    throw new AssertionError(unexpected);
                }
                if (Thread.interrupted()) {
                    interrupted.increment();
                }
            });
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
        assertThat(interrupted.sum()).as("interruptions that were left").isZero();
        assertThat(limit.snapshot())
                .returns(exceeded.sum(), s -> s.exceeded())
                .returns(exceeded.sum(), s -> s.interrupted())
                .returns(0L, s -> s.running())
                .returns(0L, s -> s.overdue());
        assertThat(exceeded.sum()).isGreaterThanOrEqualTo(CALLS * 3 / 4);
        assertThat(breaker.snapshot())
                .returns(exceeded.sum(), s -> s.failures())
                .returns(CALLS - exceeded.sum(), s -> s.successes())
                .returns(0L, s -> s.callsInFlight())
                .returns(0L, s -> s.rejected());
        Awaitility.await().until(() -> scheduler.tasks.get() == 0);
        Awaitility.await()
                .untilAsserted(() -> assertThat(threads())
                        .filteredOn(thread -> !before.contains(thread) && !isOfOthers(thread))
                        .isEmpty());
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    /** The timer and the common pool, which the JDK keeps, and the thread of the test itself. */
    private static boolean isOfOthers(Thread thread) {
        return thread.getName().startsWith("awaitility")
                || thread.getName().contains("CompletableFuture")
                || thread.getName().contains("ForkJoinPool");
    }
}
