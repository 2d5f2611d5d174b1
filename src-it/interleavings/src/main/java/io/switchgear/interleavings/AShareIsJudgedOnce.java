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

/** The two calls of a round of a share fail at once. */
@JCStressTest
@Outcome(
        id = "0, 0, CLOSED>OPEN>HALF_OPEN>OPEN",
        expect = ACCEPTABLE,
        desc = "The second failure opens the breaker, once.")
@Outcome(expect = FORBIDDEN, desc = "A failure was lost, or the breaker opened twice.")
@State
public class AShareIsJudgedOnce {
    private final Rig rig = Rig.sharing();
    private final Rig.Call one = rig.call();
    private final Rig.Call other = rig.call();

    public AShareIsJudgedOnce() {
        rig.time.advanceMillis(1_000);
    }

    @Actor
    public void one() {
        one.failed();
    }

    @Actor
    public void other() {
        other.failed();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r1 = now.trialsInFlight();
        r.r2 = now.lateOutcomes();
        r.r3 = rig.log.path();
    }
}
