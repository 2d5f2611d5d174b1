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

/** A trial succeeds while the breaker moves on to its next half-open epoch. */
@JCStressTest
@Outcome(id = "true, 1, CLOSED>OPEN>HALF_OPEN>CLOSED>OPEN>HALF_OPEN", expect = ACCEPTABLE, desc = "The trial was late.")
@Outcome(
        id = "true, 1, CLOSED>OPEN>HALF_OPEN>CLOSED>CLOSED>OPEN>HALF_OPEN",
        expect = ACCEPTABLE,
        desc = "The trial closed its own half-open epoch.")
@Outcome(expect = FORBIDDEN, desc = "The trial closed another half-open epoch, or removed the trial of that.")
@State
public class AnOldTrialDecidesNothing {
    private final Rig rig = Rig.due();
    private final Rig.Call old = rig.call();

    @Actor
    public void operator(LLL_Result r) {
        rig.breaker.reset();
        rig.fail();
        rig.time.advanceMillis(Rig.OPEN_MILLIS);
        r.r1 = rig.admits();
    }

    @Actor
    public void trial() {
        old.succeeded();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        Arbiters.trialsAndPath(rig, r);
    }
}
