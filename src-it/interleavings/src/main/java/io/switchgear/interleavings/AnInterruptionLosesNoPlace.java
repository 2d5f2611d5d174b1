// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.switchgear.settings.BreakerSettings;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A call waits and its thread is interrupted, while the place that it waits for comes back. */
@JCStressTest
@Outcome(id = "true, false, 0", expect = ACCEPTABLE, desc = "One place is free, and no more.")
@Outcome(expect = FORBIDDEN, desc = "The place was lost, or there is another one.")
@State
public class AnInterruptionLosesNoPlace {
    private static final BreakerSettings SETTINGS =
            Rig.settings(s -> s.maxConcurrentCalls(1).maxWaitingCalls(1).maxWaitMillis(0));

    private final Rig rig = Rig.closed(SETTINGS);
    private final Rig.Call running = rig.call();
    private final AtomicReference<Thread> caller = new AtomicReference<>();

    @Actor
    public void end() {
        running.succeeded();
        Thread thread = caller.getAndSet(null);
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Actor
    public void arrive() {
        caller.set(Thread.currentThread());
        Rig.Call call = rig.enter();
        boolean isInterrupted = caller.getAndSet(null) == null;
        while (isInterrupted && !Thread.interrupted()) {
            Thread.onSpinWait();
        }
        if (call != null) {
            call.succeeded();
        }
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        rig.tune(s -> s.maxWaitingCalls(0));
        r.r1 = rig.admits();
        r.r2 = rig.admits();
        r.r3 = rig.snapshot().waitingCalls();
    }
}
