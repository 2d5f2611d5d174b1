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

/** Two operators change the mode at once; the listener is not synchronized. */
@JCStressTest
@Outcome(
        id = "true, CLOSED(>(CLOSED|OPEN|HALF_OPEN))+",
        expect = ACCEPTABLE,
        desc = "The transitions form a chain that leads to the current state.")
@Outcome(expect = FORBIDDEN, desc = "A transition was delivered twice, out of order or not at all.")
@State
public class TransitionsAreDeliveredInOrder {
    private final Rig rig = Rig.closed();

    @Actor
    public void one() {
        rig.breaker.forceOpen("one");
        rig.breaker.automatic();
    }

    @Actor
    public void other() {
        rig.breaker.forceClosed("other");
        rig.breaker.reset();
    }

    @Arbiter
    public void afterwards(LL_Result r) {
        r.r1 = rig.log.leadsTo(rig.snapshot());
        r.r2 = rig.log.path();
    }
}
