// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.switchgear.settings.BreakerSettings;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A call fails while an operator enlarges the window. */
@JCStressTest
@Outcome(id = "5, 3", expect = ACCEPTABLE, desc = "The failure is in the window.")
@Outcome(id = "4, 2", expect = ACCEPTABLE, desc = "The failure came during the resize, and is only in the totals.")
@Outcome(
        id = "5, 2",
        expect = ACCEPTABLE_INTERESTING,
        desc = "During the resize the failure had its slot but not yet its bit: the new window has it as a success.")
@Outcome(expect = FORBIDDEN, desc = "Earlier outcomes were lost, or one is counted twice.")
@State
public class AResizeLosesAtMostTheOutcomeOfItsMoment {
    private static final BreakerSettings SETTINGS = Rig.callWindow(8);

    private final Rig rig = Rig.closed(SETTINGS);

    {
        rig.fail();
        rig.succeed();
        rig.fail();
        rig.succeed();
    }

    @Actor
    public void operator() {
        rig.tune(s -> s.windowCalls(16));
    }

    @Actor
    public void call() {
        rig.fail();
    }

    @Arbiter
    public void afterwards(LL_Result r) {
        Arbiters.window(rig, r);
    }
}
