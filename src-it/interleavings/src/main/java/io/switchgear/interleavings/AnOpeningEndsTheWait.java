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

/** A call begins to wait while the one that runs fails and opens the breaker. */
@JCStressTest
@Outcome(id = "rejected in time, 0, 0", expect = ACCEPTABLE, desc = "It was rejected at once.")
@Outcome(id = "admitted in time, 0, 1", expect = ACCEPTABLE, desc = "It took the free place before the breaker opened.")
@Outcome(expect = FORBIDDEN, desc = "It waits at an open breaker.")
@State
public class AnOpeningEndsTheWait {
    // a call that misses what ends its wait looks again after a second
    private static final long LOOK_NANOS = 1_000_000_000;
    private static final BreakerSettings SETTINGS =
            Rig.settings(s -> s.maxConcurrentCalls(1).maxWaitingCalls(1).maxWaitMillis(0));

    private final Rig rig = Rig.closed(SETTINGS);
    private final Rig.Call running = rig.call();

    @Actor
    public void fail() {
        running.failed();
    }

    @Actor
    public void arrive(LLL_Result r) {
        long began = System.nanoTime();
        Rig.Call call = rig.enter();
        r.r1 = (call == null ? "rejected" : "admitted")
                + (System.nanoTime() - began < LOOK_NANOS ? " in time" : " late");
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        r.r2 = rig.snapshot().waitingCalls();
        r.r3 = rig.snapshot().callsInFlight();
    }
}
