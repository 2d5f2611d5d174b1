// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerSnapshot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** The last call of a round that has failed fails, while an operator chooses another policy. */
@JCStressTest
@Outcome(id = "OPEN, 0, 0", expect = ACCEPTABLE, desc = "The call was judged first, and opened the breaker.")
@Outcome(id = "HALF_OPEN, 0, 1", expect = ACCEPTABLE, desc = "The policy was first; the call was late.")
@Outcome(
        id = "HALF_OPEN, 0, 0",
        expect = ACCEPTABLE,
        desc = "The call was judged, and the policy came before its verdict: the trials of the new policy decide.")
@Outcome(expect = FORBIDDEN, desc = "A late call decided, or its trial is stuck.")
@State
public class AnotherPolicyLeavesTheCallsOfAShareBehind {
    private final Rig rig = Rig.sharing();
    private final Rig.Call last;

    public AnotherPolicyLeavesTheCallsOfAShareBehind() {
        rig.fail();
        last = rig.call();
        rig.time.advanceMillis(1_000);
    }

    @Actor
    public void call() {
        last.failed();
    }

    @Actor
    public void operator() {
        rig.tune(s -> s.tripOn(TripOn.CONSECUTIVE_FAILURES).openMillis(1_000_000));
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r1 = now.state();
        r.r2 = now.trialsInFlight();
        r.r3 = now.lateOutcomes();
    }
}
