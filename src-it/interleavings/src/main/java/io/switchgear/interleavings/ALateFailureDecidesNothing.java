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

/** A call fails, which opens the breaker, while an operator resets it. */
@JCStressTest
@Outcome(id = "CLOSED, 0, CLOSED>CLOSED", expect = ACCEPTABLE, desc = "The reset came first, and the failure is late.")
@Outcome(id = "CLOSED, 0, CLOSED>OPEN>CLOSED", expect = ACCEPTABLE, desc = "The failure opened the breaker first.")
@Outcome(expect = FORBIDDEN, desc = "The failure opened the breaker after the reset, or is counted there.")
@State
public class ALateFailureDecidesNothing {
    private final Rig rig = Rig.closed();
    private final Rig.Call earlier = rig.call();

    @Actor
    public void operator() {
        rig.breaker.reset();
    }

    @Actor
    public void call() {
        earlier.failed();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r1 = now.state();
        r.r2 = now.consecutiveFailures();
        r.r3 = rig.log.path();
    }
}
