// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Timeout;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.switchgear.TimeLimiting;
import io.switchgear.guard.GuardLayers;
import io.switchgear.guard.GuardPipeline;
import io.switchgear.guard.TimeLimit;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.time.JdkScheduler;
import io.switchgear.time.Scheduler;
import io.switchgear.time.Time;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A call under a time limit of one second that it never reaches, which interrupts it. Each library is used in its
 * cheapest way. All threads of a row share one limit.
 */
public class TimedCall {
    private static final long LIMIT_MILLIS = 1_000;

    /** Our limit without CDI. */
    @State(Scope.Benchmark)
    public static class Switchgear {
        private final Scheduler scheduler = new JdkScheduler();
        final GuardPipeline<Work> limited = pipeline(Object.class);
        final GuardPipeline<CompletableFuture<Object>> stages = pipeline(CompletableFuture.class);

        private <C> GuardPipeline<C> pipeline(Class<?> type) {
            TimeLimit limit = new TimeLimit(
                    "limit", TimeLimitSettings.defaults().limitMillis(LIMIT_MILLIS), Time.SYSTEM.with(scheduler));
            return new GuardPipeline<>(
                    type == Object.class ? String.class : type,
                    GuardLayers.on(scheduler).with(limit));
        }
    }

    /** Failsafe's time-out. */
    @State(Scope.Benchmark)
    public static class Failsafe {
        final FailsafeExecutor<Object> limited = dev.failsafe.Failsafe.with(
                Timeout.builder(Duration.ofMillis(LIMIT_MILLIS)).withInterrupt().build());
    }

    /** Resilience4j's limiter, which needs another thread for the call, or a stage. */
    @State(Scope.Benchmark)
    public static class Resilience4j {
        final TimeLimiter limiter = TimeLimiter.of(Duration.ofMillis(LIMIT_MILLIS));
        final ExecutorService threads = Executors.newCachedThreadPool();
        final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

        @TearDown
        public void stop() {
            threads.shutdownNow();
            timer.shutdownNow();
        }
    }

    /** A bean with our annotation. */
    @ApplicationScoped
    public static class SwitchgearBean {
        @TimeLimiting(limitMillis = LIMIT_MILLIS)
        public Object guarded(Work work) {
            return work.call();
        }
    }

    /** The same bean with the annotation of MicroProfile, implemented by SmallRye. */
    @ApplicationScoped
    public static class SmallRyeBean {
        @org.eclipse.microprofile.faulttolerance.Timeout(LIMIT_MILLIS)
        public Object guarded(Work work) {
            return work.call();
        }
    }

    /** A container with our extension. */
    public static class SwitchgearContainer extends ContainedBean<SwitchgearBean> {
        public SwitchgearContainer() {
            super(
                    Container.withExtensionsFrom("io.switchgear", SwitchgearBean.class),
                    SwitchgearBean.class,
                    "io.switchgear.cdi",
                    bean -> bean.guarded(null));
        }
    }

    /** A container with SmallRye's extension. */
    public static class SmallRyeContainer extends ContainedBean<SmallRyeBean> {
        public SmallRyeContainer() {
            super(
                    Container.withExtensionsFrom("io.smallrye", SmallRyeBean.class),
                    SmallRyeBean.class,
                    "io.smallrye.faulttolerance",
                    bean -> bean.guarded(null));
        }
    }

    /** Calls our limit as the interceptor does. */
    @Benchmark
    public Object switchgear(Switchgear limits, Work work) throws Exception {
        try {
            return limits.limited.call(Work::call, work);
        } catch (Flaw flaw) {
            return flaw;
        }
    }

    /** Calls Failsafe's time-out. */
    @Benchmark
    public Object failsafe(Failsafe limits, Work work) {
        try {
            return limits.limited.get(work::call);
        } catch (Flaw flaw) {
            return flaw;
        }
    }

    /** Calls Resilience4j's limiter for a synchronous call. */
    @Benchmark
    public Object resilience4j(Resilience4j limits, Work work) throws Exception {
        Callable<Object> call = work::call;
        try {
            return limits.limiter.executeFutureSupplier(() -> limits.threads.submit(call));
        } catch (Flaw flaw) {
            return flaw;
        }
    }

    /** Calls our limit with a stage that completes at once. */
    @Benchmark
    public Object switchgearStage(Switchgear limits, Work work) throws Exception {
        return limits.stages.call(stage -> stage, stage(work));
    }

    /** Calls Resilience4j's limiter with a stage that completes at once. */
    @Benchmark
    public Object resilience4jStage(Resilience4j limits, Work work) {
        return limits.limiter.executeCompletionStage(limits.timer, () -> stage(work));
    }

    private static CompletableFuture<Object> stage(Work work) {
        try {
            return CompletableFuture.completedFuture(work.call());
        } catch (Flaw flaw) {
            return CompletableFuture.failedFuture(flaw);
        }
    }

    /** Calls a method with our interceptor. */
    @Benchmark
    public Object switchgearIntercepted(SwitchgearContainer cdi, Work work) {
        try {
            return cdi.bean.guarded(work);
        } catch (Flaw flaw) {
            return flaw;
        }
    }

    /** Calls a method with SmallRye's interceptor. */
    @Benchmark
    public Object smallRyeIntercepted(SmallRyeContainer cdi, Work work) {
        try {
            return cdi.bean.guarded(work);
        } catch (Flaw flaw) {
            return flaw;
        }
    }
}
