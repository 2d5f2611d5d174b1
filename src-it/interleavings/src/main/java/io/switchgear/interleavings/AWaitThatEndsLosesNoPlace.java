// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A place comes back while the call that waits for it leaves the queue. */
@JCStressTest
@Outcome(
        id = {"not admitted woken 0, 0 taken 0 waiting", "not admitted woken 1, 0 taken 0 waiting"},
        expect = ACCEPTABLE,
        desc = "The place is free.")
@Outcome(expect = FORBIDDEN, desc = "The place was lost or given back twice.")
@State
public class AWaitThatEndsLosesNoPlace {
    private final Queue queue = new Queue(1);
    private final Queue.Call call = queue.waiting();

    @Actor
    public void end() {
        queue.leave();
    }

    @Actor
    public void giveUp() {
        call.end();
    }

    @Arbiter
    public void afterwards(LL_Result r) {
        r.r1 = call.seen();
        r.r2 = queue.state();
    }
}
