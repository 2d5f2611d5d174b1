// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.switchgear.status.BreakerMode;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A call ends a mode whose time is over while an operator sets another. */
@JCStressTest
@Outcome(id = "OPEN, FORCED_OPEN, CLOSED>CLOSED>OPEN", expect = ACCEPTABLE, desc = "The operator came first.")
@Outcome(id = "OPEN, FORCED_OPEN, CLOSED>CLOSED>CLOSED>OPEN", expect = ACCEPTABLE, desc = "The mode ended first.")
@Outcome(expect = FORBIDDEN, desc = "The mode that the operator set is not in force.")
@State
public class TheEndOfAModeDoesNotUndoTheNext {
    private final Rig rig = Rig.closed();

    {
        rig.breaker.setMode(BreakerMode.FORCED_CLOSED, Duration.ofMillis(10), "test");
        rig.time.advanceMillis(10);
    }

    @Actor
    public void call() {
        rig.call();
    }

    @Actor
    public void operator() {
        rig.breaker.forceOpen("test");
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        Arbiters.stateModeAndPath(rig, r);
    }
}
