// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Two operators undo the last change at once, after two changes. */
@JCStressTest
@Outcome(id = "1, 1, CLOSED>CLOSED>CLOSED>CLOSED>CLOSED", expect = ACCEPTABLE, desc = "All settings are as configured.")
@Outcome(expect = FORBIDDEN, desc = "A change was not undone, or an undo was not delivered.")
@State
public class TwoUndosTakeBackTwoChanges {
    private final Rig rig = Rig.closed();

    {
        rig.tune(s -> s.failureThreshold(7));
        rig.tune(s -> s.successThreshold(9));
    }

    @Actor
    public void one() {
        rig.breaker.undoLastChange();
    }

    @Actor
    public void other() {
        rig.breaker.undoLastChange();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        Arbiters.thresholdsAndPath(rig, r);
    }
}
