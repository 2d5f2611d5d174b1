// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.switchgear.status.BreakerSnapshot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A snapshot is taken while an operator forces the breaker open. */
@JCStressTest
@Outcome(id = "CLOSED, AUTOMATIC, 0", expect = ACCEPTABLE, desc = "Before the change.")
@Outcome(id = "OPEN, FORCED_OPEN, -1", expect = ACCEPTABLE, desc = "After the change.")
@Outcome(expect = FORBIDDEN, desc = "A combination that was never in force.")
@State
public class ASnapshotShowsOneMoment {
    private final Rig rig = Rig.closed();

    @Actor
    public void operator() {
        rig.breaker.forceOpen("test");
    }

    @Actor
    public void reader(LLL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r1 = now.state();
        r.r2 = now.mode();
        r.r3 = now.openRemainingMillis();
    }
}
