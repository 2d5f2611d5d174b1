// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A call fails, which opens the breaker, while an operator forces it closed. */
@JCStressTest
@Outcome(
        id = "CLOSED, FORCED_CLOSED, CLOSED>CLOSED",
        expect = ACCEPTABLE,
        desc = "The mode came first, and the failure no longer opens the breaker.")
@Outcome(
        id = "CLOSED, FORCED_CLOSED, CLOSED>OPEN>CLOSED",
        expect = ACCEPTABLE,
        desc = "The failure opened the breaker first.")
@Outcome(expect = FORBIDDEN, desc = "The breaker is open although it is forced closed.")
@State
public class AForcedModeIsNotJudgedAway {
    private final Rig rig = Rig.closed();

    @Actor
    public void operator() {
        rig.breaker.forceClosed("test");
    }

    @Actor
    public void call() {
        rig.fail();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        Arbiters.stateModeAndPath(rig, r);
    }
}
