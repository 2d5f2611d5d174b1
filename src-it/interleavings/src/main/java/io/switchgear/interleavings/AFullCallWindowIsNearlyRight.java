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
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A failure and a success replace a failure and a success: the last two calls were never both failures. */
@JCStressTest
@Outcome(id = "CLOSED, 2, 1", expect = ACCEPTABLE, desc = "The failure rate was exact.")
@Outcome(
        id = "OPEN, 0, 0",
        expect = ACCEPTABLE_INTERESTING,
        desc = "The failure was counted while the success had its slot but had not yet replaced the old outcome there.")
@Outcome(expect = FORBIDDEN, desc = "The window miscounts.")
@State
public class AFullCallWindowIsNearlyRight {
    private static final BreakerSettings SETTINGS = Rig.callWindow(2);

    private final Rig rig = Rig.closed(SETTINGS);

    {
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
        Arbiters.stateAndWindow(rig, r);
    }
}
