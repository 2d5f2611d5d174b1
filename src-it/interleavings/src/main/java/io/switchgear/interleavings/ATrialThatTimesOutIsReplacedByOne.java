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
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** A trial succeeds as it times out, while a call requests its permit. */
@JCStressTest
@Outcome(id = "true, CLOSED, 0, 0", expect = ACCEPTABLE, desc = "The trial was in time and closed the breaker.")
@Outcome(id = "true, HALF_OPEN, 1, 1", expect = ACCEPTABLE, desc = "The trial was late; the call is the trial now.")
@Outcome(expect = FORBIDDEN, desc = "The permit is stuck, or the late trial decided.")
@State
public class ATrialThatTimesOutIsReplacedByOne {
    private static final BreakerSettings SETTINGS = Rig.settings(s -> s.trialTimeoutMillis(10));

    private final Rig rig = Rig.due(SETTINGS);
    private final Rig.Call hung = rig.call();

    @Actor
    public void call(LLLL_Result r) {
        rig.time.advanceMillis(10);
        r.r1 = rig.admits();
    }

    @Actor
    public void trial() {
        hung.succeeded();
    }

    @Arbiter
    public void afterwards(LLLL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r2 = now.state();
        r.r3 = now.trialsInFlight();
        r.r4 = now.lateOutcomes();
    }
}
