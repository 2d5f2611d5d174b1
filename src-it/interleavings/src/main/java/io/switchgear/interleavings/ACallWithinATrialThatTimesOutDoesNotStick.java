// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerSnapshot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLLL_Result;

/** A trial makes a call within it and succeeds as it times out, while another call requests its permit. */
@JCStressTest
@Outcome(id = "true, true, true, CLOSED, 0", expect = ACCEPTABLE, desc = "The trial closed it; then came the other.")
@Outcome(id = "true, true, false, CLOSED, 0", expect = ACCEPTABLE, desc = "The trial closed it; the other was early.")
@Outcome(id = "true, true, true, HALF_OPEN, 1", expect = ACCEPTABLE, desc = "The trial was late after its inner call.")
@Outcome(
        id = "true, false, true, HALF_OPEN, 1",
        expect = ACCEPTABLE,
        desc = "The trial was late before its inner call.")
@Outcome(id = "false, false, true, HALF_OPEN, 1", expect = ACCEPTABLE, desc = "The other call is the trial.")
@Outcome(expect = FORBIDDEN, desc = "A permit is stuck, or a late trial decided.")
@State
public class ACallWithinATrialThatTimesOutDoesNotStick {
    private static final BreakerSettings SETTINGS = Rig.settings(s -> s.trialTimeoutMillis(10));

    private final Rig rig = Rig.due(SETTINGS);

    @Actor
    public void trial(LLLLL_Result r) {
        Rig.Call outer = rig.enter();
        Rig.Call inner = outer == null ? null : rig.enter();
        r.r1 = outer != null;
        r.r2 = inner != null;
        if (inner != null) {
            inner.succeeded();
        }
        if (outer != null) {
            outer.succeeded();
        }
    }

    @Actor
    public void call(LLLLL_Result r) {
        rig.time.advanceMillis(10);
        r.r3 = rig.admits();
    }

    @Arbiter
    public void afterwards(LLLLL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r4 = now.state();
        r.r5 = now.trialsInFlight();
    }
}
