package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManyThreadsTest {
    private static final int THREADS = 4;

    @ParameterizedTest
    @EnumSource(TripOn.class)
    void totalsAreTheOutcomesAndTransitionsAreReportedInOrder(TripOn tripOn) throws Exception {
        List<CircuitTransition> reported = new ArrayList<>();
        BreakerSettings settings = BreakerSettings.builder()
                .tripOn(tripOn)
                .windowCalls(10)
                .windowMillis(100)
                .minimumCalls(5)
                .failureRateThresholdPercent(20)
                .openMillis(0)
                .successThreshold(2)
                .build();
        Breaker breaker = new Breaker("busy", settings, FailureRule.ANY, reported::add);
        AtomicLong successes = new AtomicLong();
        AtomicLong failures = new AtomicLong();
        AtomicLong rejections = new AtomicLong();
        onAllThreads(seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < 50_000; i++) {
                try {
                    Permit permit = breaker.acquire();
                    long started = permit.start();
                    if (random.nextInt(3) == 0) {
                        permit.threw(new IllegalStateException(), started);
                        failures.incrementAndGet();
                    } else {
                        permit.returned("", started);
                        successes.incrementAndGet();
                    }
                } catch (CircuitOpenException rejected) {
                    rejections.incrementAndGet();
                }
                if (random.nextInt(1_000) == 0) {
                    breaker.update(now -> now.toBuilder()
                            .windowCalls(5 + random.nextInt(20))
                            .failureThreshold(1 + random.nextInt(5))
                            .build());
                }
            }
        });
        BreakerSnapshot snapshot = breaker.snapshot();
        assertThat(snapshot.successes()).isEqualTo(successes.get());
        assertThat(snapshot.failures()).isEqualTo(failures.get());
        assertThat(snapshot.rejected()).isEqualTo(rejections.get());
        assertThat(snapshot.callsInFlight()).isZero();
        assertThat(snapshot.trialsInFlight()).isZero();
        assertThat(reported).hasSizeGreaterThan(100);
        CircuitState state = CircuitState.CLOSED;
        for (int i = 0; i < reported.size(); i++) {
            assertThat(reported.get(i).number()).isEqualTo(i + 1);
            assertThat(reported.get(i).from()).isEqualTo(state);
            state = reported.get(i).to();
        }
        assertThat(reported.stream().filter(t -> t.to() == CircuitState.OPEN && t.by().isEmpty()))
                .hasSize((int) snapshot.opened());
    }

    @Test
    void trialsInFlightNeverExceedTheirNumber() throws Exception {
        BreakerSettings settings = BreakerSettings.builder()
                .failureThreshold(1)
                .openMillis(0)
                .halfOpenMaxCalls(2)
                .successThreshold(10_000)
                .build();
        Breaker breaker = new Breaker("trials", settings, FailureRule.ANY, transition -> {});
        breaker.acquire().threw(new IllegalStateException(), 0);
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        onAllThreads(seed -> {
            for (int i = 0; i < 2_000; i++) {
                try {
                    Permit permit = breaker.acquire();
                    most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                    inFlight.decrementAndGet();
                    permit.returned("", permit.start());
                } catch (CircuitOpenException taken) {
                    Thread.onSpinWait();
                }
            }
        });
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void aThousandFailuresAtOnceOpenItOnce() throws Exception {
        List<CircuitTransition> reported = new ArrayList<>();
        Breaker breaker = new Breaker("burst", BreakerSettings.defaults(), FailureRule.ANY, reported::add);
        AtomicInteger admitted = new AtomicInteger();
        onAllThreads(seed -> {
            for (int i = 0; i < 250; i++) {
                try {
                    Permit permit = breaker.acquire();
                    admitted.incrementAndGet();
                    permit.threw(new IllegalStateException(), permit.start());
                } catch (CircuitOpenException rejected) {
                    Thread.onSpinWait();
                }
            }
        });
        assertThat(reported).hasSize(1);
        // each thread may have one call under way when the fifth failure comes in
        assertThat(admitted.get()).isBetween(5, 5 + THREADS - 1);
    }

    private interface Work {
        void run(long seed) throws Exception;
    }

    private static void onAllThreads(Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch start = new CountDownLatch(THREADS);
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                long seed = System.nanoTime() + i;
                tasks.add(() -> {
                    start.countDown();
                    start.await();
                    work.run(seed);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
