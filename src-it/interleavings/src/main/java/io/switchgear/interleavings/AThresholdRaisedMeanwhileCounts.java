// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.switchgear.status.BreakerSnapshot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A call fails, which opens the breaker, while an operator raises the threshold. */
@JCStressTest
@Outcome(id = "5, OPEN, 0", expect = ACCEPTABLE, desc = "The failure came first and opened the breaker.")
@Outcome(id = "5, CLOSED, 1", expect = ACCEPTABLE, desc = "The operator came first; the failure is counted.")
@Outcome(expect = FORBIDDEN, desc = "The change or the failure was lost.")
@State
public class AThresholdRaisedMeanwhileCounts {
    private final Rig rig = Rig.closed();

    @Actor
    public void operator() {
        rig.tune(s -> s.failureThreshold(5));
    }

    @Actor
    public void call() {
        rig.fail();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r1 = now.settings().failureThreshold();
        r.r2 = now.state();
        r.r3 = now.consecutiveFailures();
    }
}
