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

/** A breaker whose time in OPEN is over is switched off and on while its trial is admitted and ends. */
@JCStressTest
@Outcome(id = "1, 0, true, false", expect = ACCEPTABLE, desc = "The call was a trial.")
@Outcome(id = "0, 0, true, false", expect = ACCEPTABLE, desc = "The call passed while the breaker was off.")
@Outcome(expect = FORBIDDEN, desc = "The permit was lost, or granted twice, or the trial was counted by half.")
@State
public class ASwitchLosesNoTrial {
    private final Rig rig = Rig.due();

    @Actor
    public void trial() {
        rig.enter().ignored();
    }

    @Actor
    public void operator() {
        rig.tune(s -> s.enabled(false));
        rig.tune(s -> s.enabled(true));
    }

    @Arbiter
    public void afterwards(LLLL_Result r) {
        r.r1 = rig.snapshot().ignored();
        r.r2 = rig.snapshot().callsInFlight() + rig.snapshot().trialsInFlight();
        r.r3 = rig.admits();
        r.r4 = rig.admits();
    }
}
