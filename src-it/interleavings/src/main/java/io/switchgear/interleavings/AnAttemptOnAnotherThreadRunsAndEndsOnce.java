// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.guard.GuardLayers;
import io.switchgear.guard.GuardPipeline;
import io.switchgear.guard.Offload;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.time.JdkScheduler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** An attempt on another thread begins and ends, on an executor that runs it twice, while its caller cancels it. */
@JCStressTest
@Outcome(id = "1, false, fine 1, 1\\+0 in flight 0", expect = ACCEPTABLE, desc = "It ended before it was cancelled.")
@Outcome(id = "0, false, cancelled 1, 0\\+1 in flight 0", expect = ACCEPTABLE, desc = "It never began.")
@Outcome(id = "1, false, cancelled 1, 0\\+1 in flight 0", expect = ACCEPTABLE, desc = "It was cancelled as it ran.")
@Outcome(id = "1, false, fine 1, 0\\+1 in flight 0", expect = ACCEPTABLE, desc = "The cancellation only counted.")
@Outcome(id = "1, false, cancelled 1, 1\\+0 in flight 0", expect = ACCEPTABLE, desc = "It was cancelled as it ended.")
@Outcome(expect = FORBIDDEN, desc = "It ran or ended twice or never, or its interruption reached what came next.")
@State
public class AnAttemptOnAnotherThreadRunsAndEndsOnce {
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();
    private final Breaker breaker = new Breaker("test", BreakerSettings.defaults(), FailureRule.ANY, transition -> {});
    private Runnable task;
    private final CompletableFuture<?> result = called();

    private CompletableFuture<?> called() {
        GuardPipeline<String> pipeline = new GuardPipeline<>(
                CompletionStage.class,
                GuardLayers.on(new JdkScheduler())
                        .with(breaker)
                        .with(new Offload(() -> submitted -> task = submitted, null, true)));
        try {
            CompletableFuture<?> called = (CompletableFuture<?>) pipeline.call(this::body, "");
            CompletableFuture<?> unused = called.whenComplete((value, thrown) -> ends.incrementAndGet());
            return called;
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    private CompletionStage<String> body(String context) {
        runs.incrementAndGet();
        return CompletableFuture.completedStage(LimitRig.work());
    }

    @Actor
    public void thread(LLLL_Result r) {
        task.run();
        r.r2 = Thread.interrupted();
        task.run();
    }

    @Actor
    public void caller() {
        result.cancel(true);
    }

    @Arbiter
    public void afterwards(LLLL_Result r) {
        BreakerSnapshot now = breaker.snapshot();
        r.r1 = runs.get();
        r.r3 = (result.isCancelled() ? "cancelled " : result.join() + " ") + ends.get();
        r.r4 = now.successes() + "+" + now.ignored() + " in flight " + now.callsInFlight();
    }
}
