// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** Two calls arrive when the time in OPEN is over, and one trial is allowed. */
@JCStressTest
@Outcome(
        id = {"true, false, 1, CLOSED>OPEN>HALF_OPEN", "false, true, 1, CLOSED>OPEN>HALF_OPEN"},
        expect = ACCEPTABLE,
        desc = "The first call is the trial.")
@Outcome(expect = FORBIDDEN, desc = "There are two trials or none, or a transition was delivered twice.")
@State
public class OneTrialAtATime {
    private final Rig rig = Rig.due();

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = rig.admits();
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = rig.admits();
    }

    @Arbiter
    public void afterwards(LLLL_Result r) {
        r.r3 = rig.snapshot().trialsInFlight();
        r.r4 = rig.log.path();
    }
}
