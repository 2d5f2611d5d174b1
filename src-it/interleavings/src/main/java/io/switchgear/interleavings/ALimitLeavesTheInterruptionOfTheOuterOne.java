// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * A call within another one has exceeded its limit and comes back while the limit of the outer call fires. The results
 * are those of the inner and the outer call, then whether the outer call was interrupted after the inner one, or at the
 * end of all.
 */
@JCStressTest
@Outcome(id = "true, false, false, false", expect = ACCEPTABLE, desc = "The outer call ended in time.")
@Outcome(id = "true, true, true, false", expect = ACCEPTABLE, desc = "The outer call saw its interruption.")
@Outcome(id = "true, true, false, false", expect = ACCEPTABLE, desc = "It was interrupted after it had looked.")
@Outcome(expect = FORBIDDEN, desc = "An interruption was lost or left.")
@State
public class ALimitLeavesTheInterruptionOfTheOuterOne {
    private final TestTime time = new TestTime();
    private final LimitRig outer = new LimitRig(time);
    private final LimitRig inner = new LimitRig(time);
    private volatile boolean innerHasFired;
    private boolean outerHadFired;

    @Actor
    public void caller(LLLL_Result r) {
        r.r2 = outer.exceeds(String.class, context -> {
            r.r1 = inner.exceeds(String.class, within -> {
                // on this thread, as another actor plays the timer of the outer call
                inner.fire();
                innerHasFired = true;
                return LimitRig.work();
            });
            LimitRig.work();
            // read first: if the outer limit had interrupted this thread, that must be seen
            outerHadFired = outerHasFired;
            r.r3 = Thread.interrupted();
            return "fine";
        });
        if (outerHadFired && r.r3.equals(false)) {
            r.r3 = "lost";
        }
        r.r4 = Thread.interrupted();
    }

    private volatile boolean outerHasFired;

    @Actor
    public void timer() {
        while (!innerHasFired) {
            Thread.onSpinWait();
        }
        outer.fire();
        outerHasFired = true;
    }
}
