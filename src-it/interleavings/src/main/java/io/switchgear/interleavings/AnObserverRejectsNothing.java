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

/** A call reaches an open breaker while an operator sets it to observe. */
@JCStressTest
@Outcome(
        id = "true, 0, 1",
        expect = ACCEPTABLE,
        desc = "The call runs and is counted as one that would have been rejected.")
@Outcome(id = "false, 1, 0", expect = ACCEPTABLE, desc = "The call came first and was rejected.")
@Outcome(expect = FORBIDDEN, desc = "The count does not match the fate of the call.")
@State
public class AnObserverRejectsNothing {
    private final Rig rig = Rig.open();

    @Actor
    public void call(LLL_Result r) {
        r.r1 = rig.admits();
    }

    @Actor
    public void operator() {
        rig.breaker.observe("test");
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r2 = now.rejected();
        r.r3 = now.observedRejected();
    }
}
