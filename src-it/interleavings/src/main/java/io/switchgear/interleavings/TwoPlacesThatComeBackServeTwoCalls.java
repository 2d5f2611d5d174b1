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

/** Two places come back at once, and two calls wait. */
@JCStressTest
@Outcome(
        id = "admitted woken 1, admitted woken 1, 2 taken 0 waiting",
        expect = ACCEPTABLE,
        desc = "Both calls have one.")
@Outcome(expect = FORBIDDEN, desc = "A call was forgotten, or got two.")
@State
public class TwoPlacesThatComeBackServeTwoCalls {
    private final Queue queue = new Queue(2);
    private final Queue.Call first = queue.waiting();
    private final Queue.Call second = queue.waiting();

    @Actor
    public void end() {
        queue.leave();
    }

    @Actor
    public void endToo() {
        queue.leave();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        r.r1 = first.seen();
        r.r2 = second.seen();
        r.r3 = queue.state();
    }
}
