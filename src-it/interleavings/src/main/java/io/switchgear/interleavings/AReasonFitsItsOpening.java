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
import org.openjdk.jcstress.infra.results.LL_Result;

/** A failure, the second of two that open the breaker, races with a success that resets the count. */
@JCStressTest
@Outcome(id = "CLOSED, null", expect = ACCEPTABLE, desc = "The success came first.")
@Outcome(id = "OPEN, 2 consecutive failures .*", expect = ACCEPTABLE, desc = "The failure came first.")
@Outcome(expect = FORBIDDEN, desc = "The reason names fewer failures than the threshold.")
@State
public class AReasonFitsItsOpening {
    private static final BreakerSettings SETTINGS = Rig.settings(s -> s.failureThreshold(2));

    private final Rig rig = Rig.closed(SETTINGS);

    {
        rig.fail();
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
        BreakerSnapshot now = rig.snapshot();
        r.r1 = now.state();
        r.r2 = now.lastTrip();
    }
}
