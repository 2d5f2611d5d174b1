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

/** A place comes back, for which a call waits, while a new call arrives. */
@JCStressTest
@Outcome(id = "false, admitted woken 1, 1 taken 0 waiting", expect = ACCEPTABLE, desc = "The call that waited has it.")
@Outcome(expect = FORBIDDEN, desc = "The new call has overtaken it.")
@State
public class ANewCallDoesNotOvertakeOneThatWaits {
    private final Queue queue = new Queue(1);
    private final Queue.Call waits = queue.waiting();

    @Actor
    public void end() {
        queue.leave();
    }

    @Actor
    public void arrive(LLL_Result r) {
        r.r1 = queue.admits(1);
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        r.r2 = waits.seen();
        r.r3 = queue.state();
    }
}
