// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.switchgear.status.BreakerSnapshot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Two failures in excess open an adaptive breaker, and two calls fail at once. */
@JCStressTest
@Outcome(id = "1, 2, CLOSED>OPEN", expect = ACCEPTABLE, desc = "The second failure opens the breaker.")
@Outcome(expect = FORBIDDEN, desc = "A failure was lost, or the breaker opened twice.")
@State
public class FailuresInExcessAtOnceOpenOnce {
    private final Rig rig = Rig.closed(Rig.adaptive(2));

    @Actor
    public void one() {
        rig.fail();
    }

    @Actor
    public void other() {
        rig.fail();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r1 = now.opened();
        r.r2 = now.failures();
        r.r3 = rig.log.path();
    }
}
