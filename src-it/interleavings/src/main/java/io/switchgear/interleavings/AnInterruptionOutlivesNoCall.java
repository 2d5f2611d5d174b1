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

/** A call ends while its time limit fires. */
@JCStressTest
@Outcome(id = "false, false, 1\\+0\\+0 left 0", expect = ACCEPTABLE, desc = "The call ended in time.")
@Outcome(id = "true, false, 0\\+1\\+0 left 0", expect = ACCEPTABLE, desc = "The limit fired.")
@Outcome(expect = FORBIDDEN, desc = "An interruption is left, or the outcome is not that of the caller.")
@State
public class AnInterruptionOutlivesNoCall {
    private final LimitRig rig = new LimitRig();

    @Actor
    public void caller(LLL_Result r) {
        r.r1 = rig.exceeds(String.class, context -> LimitRig.work());
        r.r2 = Thread.interrupted();
    }

    @Actor
    public void timer() {
        rig.fire();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        r.r2 = r.r2.equals(true) || Thread.interrupted();
        r.r3 = rig.counted();
    }
}
