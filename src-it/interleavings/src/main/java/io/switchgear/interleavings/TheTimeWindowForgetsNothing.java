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

/** A failure and a success are the first outcomes of their step in the window. */
@JCStressTest
@Outcome(
        id = "3, 1, 0",
        expect = ACCEPTABLE,
        desc = "Both outcomes are in the window, and leave it when they are too old.")
@Outcome(expect = FORBIDDEN, desc = "The window miscounts.")
@State
public class TheTimeWindowForgetsNothing {
    private static final BreakerSettings SETTINGS = Rig.timeWindow(4);

    private final Rig rig = Rig.closed(SETTINGS);

    {
        rig.succeed();
        rig.time.advanceMillis(100);
    }

    @Actor
    public void failure() {
        rig.fail();
    }

    @Actor
    public void success() {
        rig.succeed();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r1 = now.windowOutcomes();
        r.r2 = now.windowFailures();
        rig.time.advanceMillis(Rig.WINDOW_MILLIS);
        r.r3 = rig.snapshot().windowOutcomes();
    }
}
