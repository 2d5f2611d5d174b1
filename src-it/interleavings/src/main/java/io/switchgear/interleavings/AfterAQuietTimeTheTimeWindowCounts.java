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
import org.openjdk.jcstress.infra.results.LL_Result;

/** A failure and a success are the first outcomes after a time without calls. */
@JCStressTest
@Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "Both are in the window.")
@Outcome(expect = FORBIDDEN, desc = "The window miscounts.")
@State
public class AfterAQuietTimeTheTimeWindowCounts {
    private static final BreakerSettings SETTINGS = Rig.timeWindow(4);

    private final Rig rig = Rig.closed(SETTINGS);

    {
        rig.succeed();
        rig.time.advanceMillis(6_400);
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
    public void afterwards(LL_Result r) {
        Arbiters.window(rig, r);
    }
}
