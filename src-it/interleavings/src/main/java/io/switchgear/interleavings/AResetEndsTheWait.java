// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.switchgear.settings.BreakerSettings;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A call begins to wait while an operator resets the breaker, whose places all are free then. */
@JCStressTest
@Outcome(id = "admitted in time, 0, false", expect = ACCEPTABLE, desc = "It has one of the new places.")
@Outcome(expect = FORBIDDEN, desc = "It waits for a place that is no longer in use, or has none.")
@State
public class AResetEndsTheWait {
    // a call that misses what ends its wait looks again after a second
    private static final long LOOK_NANOS = 1_000_000_000;
    private static final BreakerSettings SETTINGS =
            Rig.settings(s -> s.maxConcurrentCalls(1).maxWaitingCalls(1).maxWaitMillis(0));

    private final Rig rig = Rig.closed(SETTINGS);
    private final Rig.Call running = rig.call();

    @Actor
    public void reset() {
        rig.breaker.reset();
    }

    @Actor
    public void arrive(LLL_Result r) {
        long began = System.nanoTime();
        // not bound to its thread, on which the arbiter may run: its call would be within this one
        Rig.Call call = rig.call();
        r.r1 = (call == null ? "rejected" : "admitted")
                + (System.nanoTime() - began < LOOK_NANOS ? " in time" : " late");
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        running.succeeded();
        r.r2 = rig.snapshot().waitingCalls();
        rig.tune(s -> s.maxWaitingCalls(0));
        r.r3 = rig.admits();
    }
}
