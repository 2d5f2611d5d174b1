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

/** A place comes back while the first of two calls that wait leaves the queue. */
@JCStressTest
@Outcome(id = "admitted woken 1, 1 taken 0 waiting", expect = ACCEPTABLE, desc = "The second call has the place.")
@Outcome(expect = FORBIDDEN, desc = "The second call waits although the place is free.")
@State
public class AWaitThatEndsLetsTheNextHaveThePlace {
    private final Queue queue = new Queue(1);
    private final Queue.Call first = queue.waiting();
    private final Queue.Call second = queue.waiting();

    @Actor
    public void end() {
        queue.leave();
    }

    @Actor
    public void giveUp() {
        first.end();
    }

    @Arbiter
    public void afterwards(LL_Result r) {
        r.r1 = second.seen();
        r.r2 = queue.state();
    }
}
