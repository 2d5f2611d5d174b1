// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static io.switchgear.breaker.TestThreads.THREADS;
import static io.switchgear.breaker.TestThreads.onAllThreads;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold when several threads call one breaker at once. */
class ManyThreadsTest {
    @ParameterizedTest
    @EnumSource(TripOn.class)
    void totalsAreTheOutcomesAndTransitionsAreReportedInOrder(TripOn tripOn) throws Exception {
        List<CircuitTransition> transitions = new ArrayList<>();
        BreakerSettings settings = BreakerSettings.builder()
                .tripOn(tripOn)
                .windowCalls(10)
                .windowMillis(100)
                .minimumCalls(5)
                .failureRateThresholdPercent(20)
                .openMillis(0)
                .successThreshold(2)
                .build();
        Breaker breaker = new Breaker("busy", settings, FailureRule.ANY, transitions::add);
        AtomicLong successes = new AtomicLong();
        AtomicLong failures = new AtomicLong();
        AtomicLong rejections = new AtomicLong();
        onAllThreads(random -> {
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
        // an adaptive breaker changes its state once in a second at most
        assertThat(transitions).hasSizeGreaterThan(tripOn == TripOn.ADAPTIVE ? 0 : 100);
        CircuitState state = CircuitState.CLOSED;
        for (int i = 0; i < transitions.size(); i++) {
            assertThat(transitions.get(i).number()).isEqualTo(i + 1);
            assertThat(transitions.get(i).from()).isEqualTo(state);
            state = transitions.get(i).to();
        }
        // in part, or as a whole
        assertThat(transitions.stream()
                        .filter(t -> t.to() == CircuitState.OPEN
                                || (t.from() == CircuitState.CLOSED && t.to() == CircuitState.HALF_OPEN))
                        .filter(t -> t.by().isEmpty()))
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
        AtomicInteger max = new AtomicInteger();
        onAllThreads(random -> {
            for (int i = 0; i < 2_000; i++) {
                try {
                    Permit permit = breaker.acquire();
                    max.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                    inFlight.decrementAndGet();
                    permit.returned("", permit.start());
                } catch (CircuitOpenException taken) {
                    Thread.onSpinWait();
                }
            }
        });
        assertThat(max.get()).isBetween(1, 2);
    }

    @Test
    void aThousandFailuresAtOnceOpenItOnce() throws Exception {
        List<CircuitTransition> transitions = new ArrayList<>();
        Breaker breaker = new Breaker("burst", BreakerSettings.defaults(), FailureRule.ANY, transitions::add);
        AtomicInteger admitted = new AtomicInteger();
        onAllThreads(random -> {
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
        assertThat(transitions).hasSize(1);
        // each thread may have one call under way when the fifth failure comes in
        assertThat(admitted.get()).isBetween(5, 5 + THREADS - 1);
    }
}
