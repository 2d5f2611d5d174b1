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

/** The only trial ends without an outcome while a call requests a permit. */
@JCStressTest
@Outcome(id = "true, 1, false", expect = ACCEPTABLE, desc = "The call is the only trial.")
@Outcome(id = "false, 0, true", expect = ACCEPTABLE, desc = "The call came too early; the next one is the trial.")
@Outcome(expect = FORBIDDEN, desc = "The permit was lost, or granted twice.")
@State
public class ATrialThatEndsMakesRoomForOne {
    private final Rig rig = Rig.due();
    private final Rig.Call trial = rig.call();

    @Actor
    public void trial() {
        trial.ignored();
    }

    @Actor
    public void call(LLL_Result r) {
        r.r1 = rig.admits();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        r.r2 = rig.snapshot().trialsInFlight();
        r.r3 = rig.admits();
    }
}
