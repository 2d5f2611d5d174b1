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
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Two threads report the same success; two successes are required. */
@JCStressTest
@Outcome(id = "HALF_OPEN, 0, 1", expect = ACCEPTABLE, desc = "One report counts, the other is late.")
@Outcome(expect = FORBIDDEN, desc = "One trial was counted twice.")
@State
public class ATrialReportedTwiceCountsOnce {
    private static final BreakerSettings SETTINGS = Rig.settings(s -> s.successThreshold(2));

    private final Rig rig = Rig.due(SETTINGS);
    private final Rig.Call trial = rig.call();

    @Actor
    public void one() {
        trial.succeeded();
    }

    @Actor
    public void other() {
        trial.succeeded();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r1 = now.state();
        r.r2 = now.trialsInFlight();
        r.r3 = now.lateOutcomes();
    }
}
