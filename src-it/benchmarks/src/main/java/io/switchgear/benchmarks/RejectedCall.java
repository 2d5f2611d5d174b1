// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Permit;
import io.switchgear.flight.RejectionRecorder;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A call that an open breaker rejects, without CDI: the exception is created, thrown, caught and returned. No exception
 * has a stack trace: ours never has one, and Resilience4j is configured to omit it.
 */
public class RejectedCall {
    /** Breakers that are open for a week, so that no row has trials. */
    @State(Scope.Benchmark)
    public static class Breakers {
        final Breaker open = breaker("open");
        final Breaker forcedOpen = breaker("forced open");
        final Supplier<Object> resilience4j = resilience4j();

        private static Breaker breaker(String name) {
            BreakerSettings settings = BreakerSettings.builder()
                    .failureThreshold(1)
                    .open(Duration.ofDays(7))
                    .build();
            return new Breaker(
                    name,
                    settings,
                    FailureRule.ANY,
                    Ticker.SYSTEM,
                    InstantSource.system(),
                    transition -> {},
                    new RejectionRecorder());
        }

        private static Supplier<Object> resilience4j() {
            CircuitBreaker breaker = CircuitBreaker.of(
                    "open",
                    CircuitBreakerConfig.custom()
                            .waitDurationInOpenState(Duration.ofDays(7))
                            .writableStackTraceEnabled(false)
                            .build());
            breaker.transitionToOpenState();
            return breaker.decorateSupplier(Breakers::unreachable);
        }

        /** Opens our breakers. */
        @Setup
        public void open() {
            Permit permit = open.acquire();
            permit.threw(Flaw.FLAW, permit.start());
            forcedOpen.forceOpen("");
        }

        @SuppressWarnings("DoNotCallSuggester") // an action needs a method to call
        static Object unreachable() {
            throw new IllegalStateException("the row is void: an open breaker let a call through");
        }
    }

    /** Calls our breaker, opened by a failure; checks the deadline. */
    @Benchmark
    public Object switchgearOpen(Breakers breakers) throws Exception {
        try {
            return breakers.open.call(context -> Breakers.unreachable(), this);
        } catch (CircuitOpenException rejected) {
            return rejected;
        }
    }

    /** Calls our breaker, forced open by an operator. */
    @Benchmark
    public Object switchgearForcedOpen(Breakers breakers) throws Exception {
        try {
            return breakers.forcedOpen.call(context -> Breakers.unreachable(), this);
        } catch (CircuitOpenException rejected) {
            return rejected;
        }
    }

    /** Calls Resilience4j, without stack trace. */
    @Benchmark
    public Object resilience4jOpen(Breakers breakers) {
        try {
            return breakers.resilience4j.get();
        } catch (CallNotPermittedException rejected) {
            return rejected;
        }
    }
}
