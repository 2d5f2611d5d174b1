// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Permit;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import java.time.Duration;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A call through a closed breaker, without CDI. Each library is used in its cheapest way: a call allocates, wraps or
 * looks up nothing that its caller could have prepared. All threads of a row share one breaker.
 */
public class CoreCall {
    private static final int WINDOW_CALLS = 100;
    private static final int WINDOW_SECONDS = 10;
    private static final int MINIMUM_CALLS = 20;

    /** Our breakers, one for each policy. */
    @State(Scope.Benchmark)
    public static class Switchgear {
        final Breaker consecutive = breaker(TripOn.CONSECUTIVE_FAILURES, 0);
        final Breaker callWindow = breaker(TripOn.CALL_WINDOW, 0);
        final Breaker timeWindow = breaker(TripOn.TIME_WINDOW, 0);
        final Breaker adaptive = breaker(TripOn.ADAPTIVE, 0);
        final Breaker slowCalls = breaker(TripOn.CONSECUTIVE_FAILURES, 60_000);

        private static Breaker breaker(TripOn tripOn, long slowCallMillis) {
            BreakerSettings settings = BreakerSettings.builder()
                    .tripOn(tripOn)
                    .windowCalls(WINDOW_CALLS)
                    .window(Duration.ofSeconds(WINDOW_SECONDS))
                    .minimumCalls(MINIMUM_CALLS)
                    .slowCallMillis(slowCallMillis)
                    .build();
            return new Breaker(tripOn.name(), settings, FailureRule.ANY, transition -> {
                throw new IllegalStateException("the row is void: " + transition);
            });
        }
    }

    /** Failsafe's breaker, which opens after 5 consecutive failures, as ours does by default. */
    @State(Scope.Benchmark)
    public static class Failsafe {
        final dev.failsafe.CircuitBreaker<Object> consecutive = dev.failsafe.CircuitBreaker.<Object>builder()
                .withFailureThreshold(5)
                .build();
    }

    /** Resilience4j's breakers, with the same windows and minimum calls as ours. */
    @State(Scope.Benchmark)
    public static class Resilience4j {
        final io.github.resilience4j.circuitbreaker.CircuitBreaker callWindow =
                breaker(SlidingWindowType.COUNT_BASED, WINDOW_CALLS);
        final io.github.resilience4j.circuitbreaker.CircuitBreaker timeWindow =
                breaker(SlidingWindowType.TIME_BASED, WINDOW_SECONDS);

        private static io.github.resilience4j.circuitbreaker.CircuitBreaker breaker(SlidingWindowType type, int size) {
            return io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                    type.name(),
                    CircuitBreakerConfig.custom()
                            .slidingWindowType(type)
                            .slidingWindowSize(size)
                            .minimumNumberOfCalls(MINIMUM_CALLS)
                            .build());
        }
    }

    /** The suppliers that Resilience4j decorates: once for each thread, as a careful caller would do. */
    @State(Scope.Thread)
    public static class Decorated {
        Supplier<Object> callWindow;
        Supplier<Object> timeWindow;

        @Setup
        public void decorate(Resilience4j breakers, Work work) {
            callWindow = breakers.callWindow.decorateSupplier(work::call);
            timeWindow = breakers.timeWindow.decorateSupplier(work::call);
        }
    }

    /** Calls our breaker as the interceptor does: constant code, with the context as an argument. */
    @Benchmark
    public Object switchgearConsecutive(Switchgear breakers, Work work) throws Exception {
        try {
            return breakers.consecutive.call(Work::call, work);
        } catch (Flaw flaw) {
            return flaw;
        }
    }

    /** Uses our permits, comparable with {@link #failsafePermit}. */
    @Benchmark
    public Object switchgearPermit(Switchgear breakers, Work work) {
        Permit permit = breakers.consecutive.acquire();
        long started = permit.start();
        Object result;
        try {
            result = work.call();
        } catch (Flaw flaw) {
            permit.threw(flaw, started);
            return flaw;
        }
        permit.returned(result, started);
        return result;
    }

    /** Uses Failsafe in its cheapest way: acquires a permit and records the outcome, without a policy executor. */
    @Benchmark
    public Object failsafePermit(Failsafe breakers, Work work) {
        if (!breakers.consecutive.tryAcquirePermit()) {
            throw new IllegalStateException("the row is void: Failsafe opened");
        }
        Object result;
        try {
            result = work.call();
        } catch (Flaw flaw) {
            breakers.consecutive.recordException(flaw);
            return flaw;
        }
        breakers.consecutive.recordSuccess();
        return result;
    }

    /** Calls our breaker with a window of 100 calls. */
    @Benchmark
    public Object switchgearCallWindow(Switchgear breakers, Work work) throws Exception {
        try {
            return breakers.callWindow.call(Work::call, work);
        } catch (Flaw flaw) {
            return flaw;
        }
    }

    /** Calls Resilience4j with a window of 100 calls. */
    @Benchmark
    public Object resilience4jCallWindow(Decorated supplier) {
        try {
            return supplier.callWindow.get();
        } catch (Flaw flaw) {
            return flaw;
        }
    }

    /** Calls our breaker with a window of 10 seconds. */
    @Benchmark
    public Object switchgearTimeWindow(Switchgear breakers, Work work) throws Exception {
        try {
            return breakers.timeWindow.call(Work::call, work);
        } catch (Flaw flaw) {
            return flaw;
        }
    }

    /** Calls Resilience4j with a window of 10 seconds, which it divides into steps of one second. */
    @Benchmark
    public Object resilience4jTimeWindow(Decorated supplier) {
        try {
            return supplier.timeWindow.get();
        } catch (Flaw flaw) {
            return flaw;
        }
    }

    /** Calls our breaker that opens in part; the peers have none. */
    @Benchmark
    public Object switchgearAdaptive(Switchgear breakers, Work work) throws Exception {
        try {
            return breakers.adaptive.call(Work::call, work);
        } catch (Flaw flaw) {
            return flaw;
        }
    }

    /** Calls our breaker while it detects slow and hanging calls; the peers cannot detect calls that still run. */
    @Benchmark
    public Object switchgearSlowCalls(Switchgear breakers, Work work) throws Exception {
        try {
            return breakers.slowCalls.call(Work::call, work);
        } catch (Flaw flaw) {
            return flaw;
        }
    }
}
