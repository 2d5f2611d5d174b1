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

/** A place comes back while a call joins the queue. */
@JCStressTest
@Outcome(id = "admitted woken 1, 1 taken 0 waiting", expect = ACCEPTABLE, desc = "The call has the place.")
@Outcome(expect = FORBIDDEN, desc = "The call waits although a place is free, or the place was lost or given twice.")
@State
public class APlaceThatComesBackGoesToTheCallThatWaits {
    private final Queue queue = new Queue(1);
    private final Queue.Call call = queue.call();

    @Actor
    public void end() {
        queue.leave();
    }

    @Actor
    public void join() {
        call.join(1);
    }

    @Arbiter
    public void afterwards(LL_Result r) {
        r.r1 = call.seen();
        r.r2 = queue.state();
    }
}
