// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.switchgear.settings.BreakerSettings;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Two successes and a failure race with another success: the failure rate is never 50 %. */
@JCStressTest
@Outcome(id = "CLOSED, 4, 1", expect = ACCEPTABLE, desc = "The failure rate is a quarter in the end, a third at most.")
@Outcome(expect = FORBIDDEN, desc = "The breaker opened at a rate that was never reached.")
@State
public class TheTimeWindowOpensAtNoRateThatNeverWas {
    private static final BreakerSettings SETTINGS = Rig.timeWindow(2);

    private final Rig rig = Rig.closed(SETTINGS);

    @Actor
    public void one() {
        rig.succeed();
        rig.succeed();
        rig.fail();
    }

    @Actor
    public void other() {
        rig.succeed();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        Arbiters.stateAndWindow(rig, r);
    }
}
