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

/** Calls succeed, fail and are ignored, on two threads. */
@JCStressTest
@Outcome(id = "3, 2, 1, 0", expect = ACCEPTABLE, desc = "Each outcome is counted once.")
@Outcome(expect = FORBIDDEN, desc = "An outcome was lost, or counted twice.")
@State
public class TotalsAreTheOutcomes {
    private static final BreakerSettings SETTINGS = Rig.settings(s -> s.failureThreshold(5));

    private final Rig rig = Rig.closed(SETTINGS);

    @Actor
    public void one() {
        rig.succeed();
        rig.call().ignored();
        rig.fail();
    }

    @Actor
    public void other() {
        rig.fail();
        rig.succeed();
        rig.succeed();
    }

    @Arbiter
    public void afterwards(LLLL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r1 = now.successes();
        r.r2 = now.failures();
        r.r3 = now.ignored();
        r.r4 = now.callsInFlight();
    }
}
