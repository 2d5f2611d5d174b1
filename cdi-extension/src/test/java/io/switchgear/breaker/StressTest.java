// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static io.switchgear.breaker.TestThreads.THREADS;
import static io.switchgear.breaker.TestThreads.onAllThreads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import io.switchgear.time.TestTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What must hold in many short lives of a breaker under several threads that do everything at once.
 * {@code -Dswitchgear.stress=100} runs a hundred times as many lives.
 */
class StressTest {
    private static final int LIVES = 20 * Integer.getInteger("switchgear.stress", 1);
    private static final int STEPS = 1_000;

    @ParameterizedTest
    @EnumSource(TripOn.class)
    void callsOperatorsAndTheClockTogetherLoseNothing(TripOn tripOn) throws Exception {
        for (int i = 0; i < LIVES; i++) {
            new Life(tripOn, 0).live();
        }
    }

    @ParameterizedTest
    @EnumSource(TripOn.class)
    void noMoreCallsThanAllowedAreInFlightAndEveryPlaceComesBack(TripOn tripOn) throws Exception {
        int most = 0;
        for (int i = 0; i < LIVES; i++) {
            Life life = new Life(tripOn, 3);
            life.live();
            // none if the life of a breaker that closes by degrees has but trials
            assertThat(life.max.get()).isLessThanOrEqualTo(3);
            most = Math.max(most, life.max.get());
            life.test.breaker.reset();
            List<TestBreaker.Call> calls = List.of(life.test.call(), life.test.call(), life.test.call());
            assertThatThrownBy(life.test::call).isInstanceOf(CircuitOpenException.class);
            calls.forEach(TestBreaker.Call::succeeded);
        }
        assertThat(most).as("in all lives").isEqualTo(3);
    }

    /** One breaker, from its creation until it recovers. */
    private static final class Life {
        final TestBreaker test;
        final AtomicInteger inFlight = new AtomicInteger();
        final AtomicInteger max = new AtomicInteger();
        private final LongAdder successes = new LongAdder();
        private final LongAdder failures = new LongAdder();
        private final LongAdder ignored = new LongAdder();
        private final LongAdder rejected = new LongAdder();
        private final boolean unlimited;

        Life(TripOn tripOn, int maxConcurrentCalls) {
            // an observer, and a breaker that is forced closed, let through what exceeds the limit, and a reset counts
            // anew
            unlimited = maxConcurrentCalls == 0;
            test = new TestBreaker(s -> s.tripOn(tripOn)
                    .failureThreshold(3)
                    .windowCalls(8)
                    .windowMillis(100)
                    .minimumCalls(3)
                    .slowCallMillis(16)
                    .openMillis(5)
                    .successThreshold(2)
                    .halfOpenMaxCalls(2)
                    .trialTimeoutMillis(20)
                    .trialIntervalMillis(5)
                    .maxConcurrentCalls(maxConcurrentCalls));
        }

        void live() throws Exception {
            onAllThreads(this::act);
            BreakerSnapshot end = test.breaker.snapshot();
            assertThat(end.successes()).isEqualTo(successes.sum());
            assertThat(end.failures()).isEqualTo(failures.sum());
            assertThat(end.ignored()).isEqualTo(ignored.sum());
            assertThat(end.rejected()).isEqualTo(rejected.sum());
            assertThat(end.callsInFlight()).isZero();
            assertThat(end.trialsInFlight()).isZero();
            assertThat(Math.max(0, end.oldestCallMillis())).isZero();
            assertThatAllWasReportedInOrder(end);
            recover();
        }

        private void assertThatAllWasReportedInOrder(BreakerSnapshot end) {
            CircuitState state = CircuitState.CLOSED;
            for (int i = 0; i < test.transitions.size(); i++) {
                CircuitTransition transition = test.transitions.get(i);
                assertThat(transition.number()).isEqualTo(i + 1);
                assertThat(transition.from()).isEqualTo(state);
                state = transition.to();
            }
            if (end.state() != CircuitState.HALF_OPEN) {
                assertThat(end.state()).isEqualTo(state);
            }
        }

        private void recover() {
            test.breaker.automatic();
            for (int i = 0; i < 50; i++) {
                // a call window full of failures may open once more, on a success even
                for (int waited = 0; waited < 2 && test.state() != CircuitState.CLOSED; waited++) {
                    test.time.advanceMillis(1_000);
                }
                test.succeed();
            }
            assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        }

        private void act(Random random) {
            Deque<TestBreaker.Call> mine = new ArrayDeque<>();
            for (int i = 0; i < STEPS; i++) {
                int dice = random.nextInt(100);
                if (dice < 45) {
                    begin(mine);
                } else if (dice < 90) {
                    end(mine, random);
                } else if (dice < 97) {
                    test.time.advanceMillis(random.nextInt(8));
                } else {
                    operate(random);
                }
            }
            while (!mine.isEmpty()) {
                end(mine, random);
            }
        }

        private void begin(Deque<TestBreaker.Call> mine) {
            try {
                TestBreaker.Call call = test.call();
                mine.add(call);
                if (!call.isTrial()) {
                    max.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                }
            } catch (CircuitOpenException rejection) {
                rejected.increment();
            }
        }

        private void end(Deque<TestBreaker.Call> mine, Random random) {
            TestBreaker.Call call = random.nextBoolean() ? mine.pollFirst() : mine.pollLast();
            if (call == null) {
                return;
            }
            if (!call.isTrial()) {
                inFlight.decrementAndGet();
            }
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    failures.increment();
                    call.failed();
                }
                case 2 -> {
                    ignored.increment();
                    call.ignored();
                }
                default -> {
                    successes.increment();
                    call.succeeded();
                }
            }
        }

        private void operate(Random random) {
            switch (random.nextInt(8)) {
                case 0 -> test.breaker.setMode(BreakerMode.FORCED_OPEN, Duration.ofMillis(5), "stress");
                case 1 -> {
                    if (unlimited) {
                        test.breaker.setMode(BreakerMode.FORCED_CLOSED, Duration.ofMillis(5), "stress");
                    }
                }
                case 2 -> {
                    if (unlimited) {
                        test.breaker.observe("stress");
                    }
                }
                case 3 -> test.breaker.automatic();
                case 4 -> {
                    if (unlimited) {
                        test.breaker.reset();
                    }
                }
                case 5 -> test.breaker.halfOpenNow();
                case 6 -> test.tune(s -> s.windowCalls(3 + random.nextInt(10)).windowMillis(100 + random.nextInt(100)));
                default ->
                    test.tune(s -> s.failureThreshold(1 + random.nextInt(5)).slowCallMillis(16 + random.nextInt(2)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void trialsThatCountNeverExceedTheirNumber(int allowed) throws Exception {
        BreakerSettings settings = BreakerSettings.builder()
                .failureThreshold(1)
                .successThreshold(10_000)
                .halfOpenMaxCalls(allowed)
                .build();
        TestTime time = new TestTime();
        Breaker breaker = new Breaker("test", settings, FailureRule.ANY, time, time, transition -> {});
        breaker.forceOpen("test");
        breaker.automatic();
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger max = new AtomicInteger();
        onAllThreads(random -> {
            for (int i = 0; i < 2_000; i++) {
                try {
                    Permit permit = breaker.acquire();
                    max.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    inFlight.decrementAndGet();
                    if (random.nextBoolean()) {
                        permit.ignored(permit.start());
                    } else {
                        permit.returned("fine", permit.start());
                    }
                } catch (CircuitOpenException taken) {
                    Thread.onSpinWait();
                }
            }
        });
        assertThat(max.get()).isBetween(1, allowed);
        assertThat(breaker.snapshot().trialsInFlight()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 16, 100})
    void aWatchForgetsNoCallAndKeepsNoneAcrossTheReuseOfItsBuckets(long limitMillis) throws Exception {
        for (int life = 0; life < LIVES; life++) {
            TestTime time = new TestTime();
            InFlightTracker watch = new InFlightTracker(limitMillis * 1_000_000, time.nanos());
            onAllThreads(random -> {
                Deque<Long> mine = new ArrayDeque<>();
                for (int i = 0; i < STEPS; i++) {
                    if (random.nextInt(10) == 0) {
                        time.advanceMillis(random.nextInt((int) limitMillis + 2));
                    } else if (random.nextBoolean()) {
                        mine.add(watch.started(time.nanos()));
                    } else if (!mine.isEmpty()) {
                        watch.ended(random.nextBoolean() ? mine.removeFirst() : mine.removeLast(), time.nanos());
                    }
                }
                mine.add(watch.started(time.nanos()));
                while (mine.size() > 1) {
                    watch.ended(mine.removeFirst(), time.nanos());
                }
            });
            time.advanceMillis(3 * limitMillis + 100);
            assertThat(watch.hung(time.nanos())).isEqualTo(THREADS);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 16, 100})
    void aWatchCountsNothingOnceAllCallsHaveEnded(long limitMillis) throws Exception {
        for (int life = 0; life < LIVES; life++) {
            TestTime time = new TestTime();
            InFlightTracker watch = new InFlightTracker(limitMillis * 1_000_000, time.nanos());
            onAllThreads(random -> {
                for (int i = 0; i < STEPS; i++) {
                    long started = watch.started(time.nanos());
                    time.advanceMillis(random.nextInt(20) == 0 ? 3 * limitMillis : 1);
                    watch.ended(started, time.nanos());
                }
            });
            time.advanceMillis(3 * limitMillis + 100);
            assertThat(watch.hung(time.nanos())).isZero();
            assertThat(watch.oldestNanos(time.nanos())).isZero();
        }
    }
}
