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

/** A failure and a success replace one of each in a full window. */
@JCStressTest
@Outcome(
        id = "4, 2, OPEN",
        expect = ACCEPTABLE,
        desc = "The window holds the last four outcomes, and four more failures open the breaker.")
@Outcome(expect = FORBIDDEN, desc = "The window miscounts.")
@State
public class TheCallWindowForgetsNothing {
    private static final BreakerSettings SETTINGS = Rig.callWindow(4);

    private final Rig rig = Rig.closed(SETTINGS);

    {
        rig.fail();
        rig.succeed();
        rig.fail();
        rig.succeed();
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
        rig.fail();
        rig.fail();
        rig.fail();
        rig.fail();
        r.r3 = rig.state();
    }
}
