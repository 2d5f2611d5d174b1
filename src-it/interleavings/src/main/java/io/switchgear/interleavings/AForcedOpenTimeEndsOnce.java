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

/** A forced mode reaches its end while an operator ends it early. */
@JCStressTest
@Outcome(
        id = "true, 1, CLOSED>OPEN>HALF_OPEN",
        expect = ACCEPTABLE,
        desc = "One of the two ended it, and the call is the trial.")
@Outcome(expect = FORBIDDEN, desc = "It ended twice or not at all, or the call is not the trial.")
@State
public class AForcedOpenTimeEndsOnce {
    private final Rig rig = Rig.closed();

    {
        rig.breaker.setMode(BreakerMode.FORCED_OPEN, Duration.ofMillis(10), "test");
    }

    @Actor
    public void call(LLL_Result r) {
        rig.time.advanceMillis(10);
        r.r1 = rig.admits();
    }

    @Actor
    public void operator() {
        rig.breaker.automatic();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        Arbiters.trialsAndPath(rig, r);
    }
}
