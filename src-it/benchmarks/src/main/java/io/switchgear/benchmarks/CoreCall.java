package io.switchgear.benchmarks;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.switchgear.FailureRule;
import io.switchgear.Settings;
import io.switchgear.TripOn;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Permit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A call through a closed breaker, without CDI. Each library is used the way that is cheapest for it: nothing is
 * allocated, wrapped or looked up per call that a caller could have prepared. All rows of a state share one breaker.
 */
public class CoreCall {
    private static final int WINDOW_CALLS = 100;

    /** Ours, one breaker for each way of judging. */
    @State(Scope.Benchmark)
    public static class Switchgear {
        final Breaker consecutive = breaker(TripOn.CONSECUTIVE_FAILURES);
        final Breaker callWindow = breaker(TripOn.CALL_WINDOW);

        private static Breaker breaker(TripOn tripOn) {
            Settings settings =
                    Settings.builder().tripOn(tripOn).windowCalls(WINDOW_CALLS).build();
            return new Breaker(tripOn.name(), settings, FailureRule.ANY, transition -> {
                throw new IllegalStateException("the row is void: " + transition);
            });
        }
    }

    /** Failsafe's breaker as ours is by default: opens on 5 consecutive failures. */
    @State(Scope.Benchmark)
    public static class Failsafe {
        final dev.failsafe.CircuitBreaker<Object> consecutive = dev.failsafe.CircuitBreaker.<Object>builder()
                .withFailureThreshold(5)
                .build();
    }

    /** Resilience4j's breaker with a window as long as ours. */
    @State(Scope.Benchmark)
    public static class Resilience4j {
        final io.github.resilience4j.circuitbreaker.CircuitBreaker callWindow =
                io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                        "CALL_WINDOW",
                        CircuitBreakerConfig.custom()
                                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                                .slidingWindowSize(WINDOW_CALLS)
                                .minimumNumberOfCalls(20)
                                .build());
    }

    /** The supplier that Resilience4j decorates: once for each thread, as a caller would who cares. */
    @State(Scope.Thread)
    public static class Decorated {
        Supplier<Object> callWindow;

        @Setup
        public void decorate(Resilience4j breakers, Work work) {
            callWindow = breakers.callWindow.decorateSupplier(work::call);
        }
    }

    /** Ours as the interceptor calls it: constant code, the context as an argument. */
    @Benchmark
    public Object switchgearConsecutive(Switchgear breakers, Work work) throws Exception {
        try {
            return breakers.consecutive.call(Work::call, work);
        } catch (Flaw flaw) {
            return flaw;
        }
    }

    /** Ours without handing the code over: like for like with {@link #failsafePermit}. */
    @Benchmark
    public Object switchgearPermit(Switchgear breakers, Work work) {
        Permit permit = breakers.consecutive.acquire();
        Object result;
        try {
            result = work.call();
        } catch (Flaw flaw) {
            permit.threw(flaw);
            return flaw;
        }
        permit.succeeded();
        return result;
    }

    /** Failsafe at its cheapest: asking for a permit and recording the outcome, which has no policy executor in it. */
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

    /** Ours with a window of 100 calls. */
    @Benchmark
    public Object switchgearCallWindow(Switchgear breakers, Work work) throws Exception {
        try {
            return breakers.callWindow.call(Work::call, work);
        } catch (Flaw flaw) {
            return flaw;
        }
    }

    /** Resilience4j with a window of 100 calls. */
    @Benchmark
    public Object resilience4jCallWindow(Decorated supplier) {
        try {
            return supplier.callWindow.get();
        } catch (Flaw flaw) {
            return flaw;
        }
    }
}
